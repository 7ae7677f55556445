import { readFile } from 'node:fs/promises';
import { replay, type SourcedRecord, stepsOf } from '../cli/replay-records.ts';
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
  const onFault = (_: SourcedRecord, error: unknown) => {
    throw error;
  };
  const { steps } = stepsOf(
    trail.Records.map((record) => ({ source, record: validateRecord(record) })),
    onFault,
  );
  const record = steps.find(({ change }) => change.id === eventId)?.record;
  for await (const verdict of replay(steps, { configuration: defaultConfiguration, managedPolicies: () => undefined }, onFault)) {
    if (verdict.id === eventId && record !== undefined) return { verdict, statementOf: statementsOf(record) };
  }
  throw new Error(`\`${source}\` gives no verdict of event \`${eventId}\`: name another in scripts/generate-messages.ts`);
}

function statementsOf({ requestParameters }: CloudTrailRecord): ExampleVerdict['statementOf'] {
  const text = (requestParameters as { readonly policyDocument?: string } | null | undefined)?.policyDocument;
  const { Statement = [] }: { readonly Statement?: unknown } = text === undefined ? {} : JSON.parse(text);
  const statements = [Statement].flat();
  return ({ statement }) => (statements[statement] === undefined ? undefined : JSON.stringify(statements[statement], null, 2));
}
