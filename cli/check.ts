import { rules } from '../analyzers/registry.ts';
import type { Rule } from '../analyzers/rule.ts';
import { type CheckedDocument, checkDocument } from './check-document.ts';
import { checkedText } from './checked-text.ts';
import { type ExitStatus, exitStatus, type Threshold } from './exit-status.ts';
import { createInputTalk, type InputTalk } from './input-talk.ts';
import { createPaint } from './paint.ts';
import { type PolicyInput, readPolicyInputs } from './policy-inputs.ts';
import { readConfiguration } from './read-configuration.ts';
import type { Terminal } from './terminal.ts';

/** The options of `trailguard check`. */
export interface CheckOptions {
  readonly format: 'text' | 'json';
  readonly failOn: Threshold;
  readonly colour: boolean;
  readonly config?: string;
}

/** Judges policy documents before they are created, each alone. */
export async function runCheck(paths: readonly string[], options: CheckOptions, terminal: Terminal): Promise<ExitStatus> {
  const { disabledRules } = await readConfiguration(options.config);
  const active = rules.filter(({ id }) => !disabledRules.includes(id));
  const talk = createInputTalk(terminal);
  const documents: CheckedDocument[] = [];
  for await (const input of readPolicyInputs(paths, terminal.stdin)) {
    if ('skipped' in input) talk.skipped({ kind: 'skipped', source: input.source, why: input.skipped });
    else documents.push(judged(input, active, talk));
  }
  terminal.out(
    options.format === 'json' ? JSON.stringify({ documents }) : checkedText(documents, terminal.columns, createPaint(options.colour)),
  );
  talk.finish();
  return exitStatus({ unjudged: talk.unread, severities: severitiesOf(documents), failOn: options.failOn });
}

function judged(input: Exclude<PolicyInput, { skipped: string }>, active: readonly Rule[], talk: InputTalk): CheckedDocument {
  const { source } = input;
  if ('fault' in input) {
    talk.problem({ source, message: input.fault });
    return { source, findings: [], errors: [{ message: input.fault, line: 1, column: 1 }] };
  }
  const document = checkDocument(source, input.text, active);
  for (const error of document.errors) talk.problem({ source, ...error });
  return document;
}

function severitiesOf(documents: readonly CheckedDocument[]) {
  return documents.flatMap(({ findings }) => findings.map(({ severity }) => severity));
}
