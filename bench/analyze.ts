import { analyzePolicies } from '../analyzers/analyze.ts';
import { parsePolicy } from '../policy/parse.ts';
import type { Corpus } from './corpus.ts';
import { leastTimes } from './cpu-time.ts';
import type { Result } from './result.ts';

/** What `trailguard` does with a document: reading it and asking all rules about it. */
export function judge(text: string): void {
  analyzePolicies({ policies: [{ policy: parsePolicy(text) }] });
}

const steps = [
  { name: 'parsePolicy', work: (text: string) => void parsePolicy(text) },
  { name: 'parsePolicy and all rules', work: judge },
];

/** CPU time of judging AWS managed policies, warm, as a ratio to `JSON.parse` of the same texts in the same run. */
export function measureCorpus({ latest, history }: Corpus): Result[] {
  return [...ratios('latest AWS managed policies', latest, 60, 4), ...ratios('every version of them', history, 10, 5)];
}

function ratios(of: string, texts: readonly string[], rounds: number, limit: number): Result[] {
  const all = [(text: string) => void JSON.parse(text), ...steps.map(({ work }) => work)];
  const works = all.map((work) => () => {
    for (const text of texts) work(text);
  });
  const [base = Number.NaN, ...times] = leastTimes(works, rounds);
  const megabytes = texts.reduce((sum, text) => sum + text.length, 0) / 1e6;
  const what = `${of} (${texts.length.toLocaleString('en')} documents, ${megabytes.toFixed(1)} MB)`;
  return [
    { name: `${what}: \`JSON.parse\``, value: base, unit: 'ms' },
    ...steps.map(({ name }, index): Result => {
      const value = (times[index] ?? Number.NaN) / base;
      const rules = index === steps.length - 1;
      return { name: `${of}: ${name}, to \`JSON.parse\``, value, unit: 'x', ...(rules ? { limit } : {}) };
    }),
  ];
}
