import { readFile } from 'node:fs/promises';
import { causalRank } from '../cli/causal-order.ts';
import { replay } from '../cli/replay-records.ts';
import type { Change } from '../events/change.ts';
import { interpret } from '../events/interpret.ts';
import { recordId } from '../guard/record-id.ts';
import type { CloudTrailRecord } from '../schemas/cloudtrail-record.ts';
import { defaultConfiguration } from '../schemas/configuration.ts';
import type { Evidence } from '../schemas/finding.ts';
import { validateRecord } from '../schemas/validate.ts';
import type { Verdict } from '../schemas/verdict.ts';

/** A verdict of the example trail, with the document that it is about. */
export interface ExampleVerdict {
  readonly verdict: Verdict;
  readonly statementOf: (evidence: Evidence) => string | undefined;
}

/** Judges the example trail up to an event, as `npm start` does, and gives that event's verdict. */
export async function exampleVerdict(eventId: string): Promise<ExampleVerdict> {
  const source = 'examples/trail.json';
  const trail: { readonly Records: readonly unknown[] } = JSON.parse(await readFile(source, 'utf8'));
  const records = new Map(trail.Records.map((each) => validateRecord(each)).map((each) => [recordId(each), each]));
  const changes = [...records].flatMap(([id, each]) => interpret(each, id) ?? []).sort(inOrder);
  const record = records.get(eventId);
  const start = { configuration: defaultConfiguration, managedPolicies: () => undefined };
  const verdicts = replay(
    changes.map((change) => ({ source, change })),
    start,
    (_, error) => {
      throw error;
    },
  );
  for await (const verdict of verdicts) {
    if (verdict.id === eventId && record !== undefined) return { verdict, statementOf: statementsOf(record) };
  }
  throw new Error(`\`${source}\` gives no verdict of event \`${eventId}\`: name another in scripts/generate-messages.ts`);
}

function inOrder(a: Change, b: Change): number {
  return Date.parse(a.eventTime) - Date.parse(b.eventTime) || causalRank(a.effect.kind) - causalRank(b.effect.kind);
}

function statementsOf({ requestParameters }: CloudTrailRecord): ExampleVerdict['statementOf'] {
  const text = (requestParameters as { readonly policyDocument?: string } | null | undefined)?.policyDocument;
  const { Statement = [] }: { readonly Statement?: unknown } = text === undefined ? {} : JSON.parse(text);
  const statements = [Statement].flat();
  return ({ statement }) => (statements[statement] === undefined ? undefined : JSON.stringify(statements[statement], null, 2));
}
