import type { Background } from '../alerts/messages/background.ts';
import type { Answer, Directory } from '../iam/directory.ts';
import { decodeDocument } from '../policy/decode.ts';
import type { Verdict } from '../schemas/verdict.ts';

/** The statements that a verdict's evidence points into; or why they can't be quoted. */
export interface Quoted {
  readonly statementOf?: NonNullable<Background['statementOf']>;
  readonly unquoted?: string;
}

interface Statement {
  readonly Sid?: string;
}

/**
 * Reads the policy that a verdict is about once more, so that a message can quote its statements: no verdict holds a document. A policy that is
 * gone, or not to be read now, holds back no message. A statement whose Sid is another by now is not quoted.
 */
export async function quoteStatements(verdict: Verdict, directory: Pick<Directory, 'managedPolicy' | 'inlinePolicy'>): Promise<Quoted> {
  const [policy] = verdict.policies;
  if (policy === undefined || verdict.outcome === 'attempted') return {};
  const read = await documentOf(verdict, policy, directory)
    .then(statementsIn)
    .catch((error: unknown): Answer<readonly Statement[]> => {
      return { found: false, why: 'unreadable', detail: error instanceof Error ? error.message : String(error) };
    });
  if (!read.found) return { unquoted: read.detail };
  const statements = read.value;
  return {
    statementOf: ({ policy: name, statement, sid }) => {
      const found = name === undefined || name === policy.name ? statements[statement] : undefined;
      return found !== undefined && found.Sid === sid ? JSON.stringify(found, null, 2) : undefined;
    },
  };
}

async function documentOf(
  { subject: { type, name } }: Verdict,
  policy: Verdict['policies'][number],
  directory: Pick<Directory, 'managedPolicy' | 'inlinePolicy'>,
): Promise<Answer<string>> {
  if (policy.arn !== undefined) {
    const read = await directory.managedPolicy(policy.arn, policy.version);
    return read.found ? { found: true, value: read.value.document } : read;
  }
  if (policy.name !== undefined && name !== undefined && (type === 'user' || type === 'group' || type === 'role'))
    return directory.inlinePolicy({ type, name }, policy.name);
  return { found: false, why: 'absent', detail: 'the event does not name the policy' };
}

/** Throws where IAM gave no JSON. */
function statementsIn(document: Answer<string>): Answer<readonly Statement[]> {
  if (!document.found) return document;
  const { Statement = [] }: { readonly Statement?: unknown } = JSON.parse(decodeDocument(document.value));
  return { found: true, value: [Statement].flat().map((each) => (typeof each === 'object' && each !== null ? each : {})) };
}
