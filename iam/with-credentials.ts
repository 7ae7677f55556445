import type { Posture } from '../analyzers/posture.ts';
import type { CredentialReport } from './credential-report.ts';
import type { CredentialFacts } from './credential-rows.ts';
import type { Answer } from './directory.ts';

/**
 * A posture with the credentials that the report tells of its user. Where it tells none, because the user was made or renamed since,
 * they stay unknown and are named in `unread`. The report has no serial numbers of MFA devices: `mfa_active` stands for any.
 */
export function withCredentials(posture: Posture, report: Answer<CredentialReport>): Posture {
  const facts = factsOf(posture, report);
  const { accessKeys: _keys, password: _password, mfaDevices: _devices, ...policies } = posture;
  if (typeof facts === 'string') {
    const unread = { what: `credentials of user ${posture.userName}`, why: facts };
    return { ...policies, accessKeys: [], unread: [...posture.unread, unread] };
  }
  const { accessKeys, password, mfaActive } = facts;
  return { ...policies, accessKeys, password, mfaDevices: mfaActive ? ['mfa_active'] : [] };
}

/** The user's facts, or why there are none. */
function factsOf(posture: Posture, report: Answer<CredentialReport>): CredentialFacts | string {
  if (!report.found) return report.detail;
  const { users, unreadable, generatedAt } = report.value;
  const wrong = unreadable.get(posture.userName);
  if (wrong !== undefined) return `its row in the credential report of ${generatedAt} is not understood: ${wrong}`;
  const facts = users.get(posture.userName);
  if (facts === undefined) return `the credential report of ${generatedAt} does not tell of it`;
  return isSameUser(posture, facts) ? facts : `the credential report of ${generatedAt} tells of another user of that name, since deleted`;
}

/** The report counts in whole seconds, and may have rounded either way. */
const rounding = 1_000;

function isSameUser(posture: Posture, facts: CredentialFacts): boolean {
  if (posture.createdAt === undefined || facts.createdAt === undefined) return true;
  return Math.abs(Date.parse(posture.createdAt) - Date.parse(facts.createdAt)) <= rounding;
}
