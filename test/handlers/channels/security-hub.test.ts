import { EnableSecurityHubCommand, GetFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createSecurityHubDelivery } from '../../../handlers/channels/security-hub.ts';
import type { Finding } from '../../../schemas/finding.ts';
import type { SweepSummary } from '../../../schemas/sweep-summary.ts';
import type { Verdict } from '../../../schemas/verdict.ts';
import { aFinding, aVerdict } from '../../alerts/verdicts.ts';
import { type Moto, motoClientConfig, motoIsHere, startMoto } from '../../moto.ts';
import { record, roleSession } from '../../records.ts';
import { anEnvelope, variables } from '../parts.ts';
import { aVerdictEvent } from './events.ts';

const account = '123456789012';
const [guardRole = ''] = variables.GUARD_ROLES.split(',');
const at = (minute: number) => `2026-03-01T10:${String(minute).padStart(2, '0')}:00Z`;

/** A verdict about bob, so many minutes after ten. */
const verdictAt = (minute: number, findings: Finding[], more: Partial<Verdict> = {}) =>
  aVerdictEvent({ id: `event-${minute}`, event: { ...aVerdict().event, time: at(minute) }, findings, ...more });

/** An IAM call of the guard, so many minutes after ten. */
const callAt = (minute: number, eventName: string, requestParameters: Record<string, unknown>, role = guardRole) => {
  const session = roleSession(role, 'x');
  return anEnvelope({
    ...record(eventName),
    userIdentity: { ...session, accountId: account, arn: `arn:aws:sts::${account}:assumed-role/${role}/x` },
    eventTime: at(minute),
    recipientAccountId: account,
    requestParameters,
  });
};
const tagAt = (minute: number, tags: Record<string, string>, role?: string) =>
  callAt(
    minute,
    'TagUser',
    { userName: 'bob', tags: Object.entries(tags).map(([key, value]) => ({ key: `trailguard:${key}`, value })) },
    role,
  );

describe.skipIf(!motoIsHere('Security Hub in moto'))('the channel security-hub, in moto', () => {
  let moto: Moto;
  let client: SecurityHubClient;
  const deliver = (event: unknown) =>
    createSecurityHubDelivery({ tagPrefix: 'trailguard' }, variables, { region: 'us-east-1', client })(event);
  const findings = async () => (await client.send(new GetFindingsCommand({}))).Findings ?? [];
  const states = async () =>
    (await findings()).map(({ GeneratorId, RecordState, FindingProviderFields, Compliance, CreatedAt, UpdatedAt }) => ({
      rule: GeneratorId?.split('/')[1],
      state: RecordState,
      severity: FindingProviderFields?.Severity?.Label,
      compliance: Compliance?.Status,
      from: CreatedAt,
      to: UpdatedAt,
    }));

  beforeAll(async () => {
    moto = await startMoto();
    client = new SecurityHubClient(motoClientConfig(moto.endpoint));
  });
  afterAll(() => moto.stop());
  beforeEach(async () => {
    await moto.reset();
    await client.send(new EnableSecurityHubCommand({}));
  });

  it("tells one finding through all its life: new, the same again, worse, cleared by the guard's tagging, and back", async () => {
    const high = { rule: 'service-admin', severity: 'high' as const };
    const life = { rule: 'service-admin', from: at(0) };

    expect(await deliver(verdictAt(0, [aFinding(high)]))).toEqual({ told: 1, time: at(0) });
    const open = { state: 'ACTIVE', severity: 'HIGH', compliance: 'FAILED' };
    expect(await states()).toEqual([{ ...life, ...open, to: at(0) }]);

    await deliver(verdictAt(5, [aFinding(high)]));
    expect(await states()).toEqual([{ ...life, ...open, to: at(5) }]);

    await deliver(verdictAt(6, [aFinding({ ...high, severity: 'critical' })]));
    expect(await states()).toEqual([{ ...life, ...open, severity: 'CRITICAL', to: at(6) }]);

    expect(await deliver(tagAt(7, { findings: 'service-admin:iam' }))).toMatchObject({ told: 0 });
    expect(await states()).toMatchObject([{ state: 'ACTIVE', to: at(6) }]);

    expect(await deliver(tagAt(8, { verdict: 'clear', cleared: at(8) }))).toEqual({ told: 1, time: at(8) });
    const over = { ...life, state: 'ARCHIVED', severity: 'INFORMATIONAL', compliance: 'PASSED', to: at(8) };
    expect(await states()).toEqual([over]);

    // Delivered again, nothing is to be done.
    expect(await deliver(tagAt(8, { verdict: 'clear' }))).toMatchObject({ told: 0 });
    await deliver(verdictAt(9, [aFinding(high)]));
    expect(await states()).toEqual([{ ...life, ...open, to: at(9) }]);
  });

  it('ends what the tags do not name any more, and leaves what they name and what only an event can be', async () => {
    await deliver(
      verdictAt(
        0,
        ['admin-access', 'policy-attached-directly', 'iam-user-created'].map((rule) => aFinding({ rule })),
      ),
    );
    await deliver(tagAt(1, { verdict: 'low', findings: 'policy-attached-directly' }));
    expect(await states()).toMatchObject([
      { rule: 'admin-access', state: 'ARCHIVED' },
      { rule: 'policy-attached-directly', state: 'ACTIVE' },
      { rule: 'iam-user-created', state: 'ACTIVE' },
    ]);
  });

  it('ends everything about a user who is deleted, and nothing of others', async () => {
    const carol = { subject: { type: 'user' as const, name: 'carol', account } };
    await deliver(verdictAt(0, [aFinding(), aFinding({ rule: 'iam-user-created' })]));
    await deliver(verdictAt(0, [aFinding()], carol));
    expect(await deliver(callAt(1, 'DeleteUser', { userName: 'bob' }, 'janitor'))).toMatchObject({ told: 2 });
    expect((await states()).map(({ state }) => state)).toEqual(['ARCHIVED', 'ARCHIVED', 'ACTIVE']);
  });

  it('ends what a whole sweep does not find in the account itself', async () => {
    const subject = { type: 'account' as const, account };
    await deliver(verdictAt(0, [aFinding({ rule: 'password-policy-weak', severity: 'medium' })], { subject }));
    const counts = { total: 0, critical: 0, high: 0, medium: 0, low: 0, undetermined: 0, clear: 0, none: 0 };
    const detail: SweepSummary = {
      account,
      startedAt: at(30),
      finishedAt: at(31),
      complete: false,
      severity: 'none',
      summary: 'A sweep.',
      counts: { users: counts, policies: counts, results: { unchanged: 0, done: 0, planned: 0, failed: 0, unread: 0, left: 0, gone: 0 } },
      findings: [],
      worst: [],
      worstLeftOut: 0,
      unread: [],
      unreadLeftOut: 0,
      exceptionsEnding: [],
    };
    const sweep = (more: object) => aVerdictEvent({}, { 'detail-type': 'IAM Sweep Summary', detail: { ...detail, ...more } });
    expect(await deliver(sweep({}))).toMatchObject({ told: 0 });
    expect(await deliver(sweep({ complete: true }))).toEqual({ told: 1, time: at(30) });
    expect(await states()).toMatchObject([{ rule: 'password-policy-weak', state: 'ARCHIVED' }]);
  });

  it('believes no tag that somebody else wrote', async () => {
    await deliver(verdictAt(0, [aFinding()]));
    expect(await deliver(tagAt(1, { verdict: 'clear' }, 'mallory'))).toMatchObject({ told: 0 });
    expect(await states()).toMatchObject([{ state: 'ACTIVE' }]);
  });

  it('keeps the later of two events that come out of order', async () => {
    await deliver(verdictAt(5, [aFinding()]));
    expect(await deliver(tagAt(4, { verdict: 'clear' }))).toMatchObject({ told: 0 });
    await deliver(tagAt(6, { verdict: 'clear' }));
    expect(await deliver(verdictAt(3, [aFinding()]))).toMatchObject({ told: 0 });
    expect(await states()).toMatchObject([{ state: 'ARCHIVED', to: at(6) }]);
  });

  it('adds nothing that was never found, nothing of a call that failed, and nothing of another account', async () => {
    await deliver(tagAt(1, { verdict: 'clear' }));
    await deliver(verdictAt(1, [aFinding()], { outcome: 'attempted', severity: 'low' }));
    const event = { ...aVerdict().event, account: '210987654321' };
    expect(await deliver(verdictAt(1, [aFinding()], { outcome: 'undetermined', event }))).toMatchObject({ told: 0 });
    expect(await findings()).toEqual([]);
  });

  it('throws at an event that is none of its own', async () => {
    await expect(deliver({ 'detail-type': 'Something' })).rejects.toThrow('verdict event: ');
    await expect(deliver(null)).rejects.toThrow('verdict event: the value must be object');
  });
});
