import { bySeverity } from '../schemas/severity.ts';
import type { Action, Verdict } from '../schemas/verdict.ts';
import { cutDeep } from './cut-deep.ts';

/** One way to make a verdict smaller: the smaller verdict, and what a reader must know is missing (empty where nothing was). */
type Cut = (verdict: Verdict) => { readonly verdict: Verdict; readonly missing: readonly string[] };

const keptItems = 20;
const longText = 1_000;
const shortText = 200;

const jsonLength = (value: unknown): number => JSON.stringify(value).length;

const cutEvidence =
  (index: number): Cut =>
  (verdict) => {
    const finding = verdict.findings[index];
    if (finding === undefined || finding.evidence.length < 2) return { verdict, missing: [] };
    const findings = verdict.findings.with(index, { ...finding, evidence: finding.evidence.slice(0, 1) });
    return { verdict: { ...verdict, findings }, missing: [`${finding.evidence.length - 1} more evidence of ${finding.rule}`] };
  };

/** What failed must be read first, what was done next, what did not change last. */
const actionOrder: readonly Action['result'][] = ['failed', 'skipped', 'done', 'unchanged'];

const cutActions: Cut = (verdict) => {
  if (verdict.actions.length <= keptItems) return { verdict, missing: [] };
  const actions = verdict.actions.toSorted((a, b) => actionOrder.indexOf(a.result) - actionOrder.indexOf(b.result)).slice(0, keptItems);
  return { verdict: { ...verdict, actions }, missing: [`${verdict.actions.length - keptItems} more actions`] };
};

const cutTexts =
  (limit: number, items: number): Cut =>
  (verdict) => {
    const { value, cut } = cutDeep(verdict, { text: limit, items });
    return { verdict: value, missing: cut ? [`texts over ${limit} characters and lists over ${items} items`] : [] };
  };

const keepWorst: Cut = (verdict) => {
  if (verdict.findings.length < 2) return { verdict, missing: [] };
  const [worst, ...others] = verdict.findings.toSorted((a, b) => bySeverity(a.severity, b.severity));
  if (worst === undefined) return { verdict, missing: [] };
  const rules = [...new Set(others.map((finding) => finding.rule))];
  return { verdict: { ...verdict, findings: [worst] }, missing: [`${others.length} more findings (${rules.join(' ')})`] };
};

/** Longest evidence first, then the rest of the documented order. */
const cutsOf = (verdict: Verdict): Cut[] => [
  ...verdict.findings
    .map((finding, index) => ({ index, length: jsonLength(finding.evidence) }))
    .sort((a, b) => b.length - a.length)
    .slice(0, keptItems)
    .map(({ index }) => cutEvidence(index)),
  cutActions,
  cutTexts(longText, Number.POSITIVE_INFINITY),
  keepWorst,
  cutTexts(shortText, keptItems),
];

const withNote = (verdict: Verdict, missing: readonly string[]): Verdict => {
  if (missing.length === 0) return verdict;
  const detail = `cut to fit the size of an alert: ${missing.join('; ')}; the document in IAM and the event in CloudTrail hold the rest`;
  return { ...verdict, actions: [...verdict.actions, { kind: 'note', target: 'alert', result: 'skipped', detail }] };
};

/**
 * The verdict, cut only as far as `fits` demands, with a note among its actions that names what is missing. The order: evidence
 * after the first, of the longest findings first; actions after 20, failed ones kept; texts over 1,000 characters; findings
 * other than the worst; texts over 200 characters and lists over 20 items. It stays a valid verdict.
 */
export const fitVerdict = (verdict: Verdict, fits: (verdict: Verdict) => boolean): Verdict => {
  let smaller = verdict;
  const missing: string[] = [];
  if (fits(verdict)) return verdict;
  for (const cut of cutsOf(verdict)) {
    const step = cut(smaller);
    if (step.missing.length === 0) continue;
    smaller = step.verdict;
    missing.push(...step.missing);
    if (fits(withNote(smaller, missing))) break;
  }
  return withNote(smaller, missing);
};
