import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { consoleLinks } from '../../../alerts/messages/console-links.ts';
import type { Verdict } from '../../../schemas/verdict.ts';
import { runs } from '../../property-runs.ts';
import { aVerdict } from '../verdicts.ts';
import { anyVerdict } from './hostile.ts';

const account = '123456789012';
const urls = (overrides: Partial<Verdict>) => consoleLinks(aVerdict(overrides)).map(({ url }) => url);

/** A verdict of another partition, told by its Region or its ARNs. */
const elsewhere = (partition: string, region: string): Partial<Verdict> => ({
  event: { ...aVerdict().event, region },
  actor: { type: 'IAMUser', name: 'alice', arn: `arn:${partition}:iam::${account}:user/alice` },
  subject: { type: 'user', name: 'bob', account },
});

describe('links into the AWS console', () => {
  test('lead to the user and the event', () => {
    expect(urls({})).toEqual([
      'https://console.aws.amazon.com/iam/home#/users/details/bob?section=permissions',
      'https://console.aws.amazon.com/cloudtrailv2/home?region=us-east-1#/events/7f1c2a9e-1111-4222-8333-944455556666',
    ]);
  });

  test.each([
    ['group', { type: 'group', name: 'ops', account }, 'https://console.aws.amazon.com/iam/home#/groups/details/ops?section=permissions'],
    ['role', { type: 'role', name: 'ci', account }, 'https://console.aws.amazon.com/iam/home#/roles/details/ci?section=permissions'],
    ['account', { type: 'account', account }, 'https://console.aws.amazon.com/iam/home#/account_settings'],
  ] as const)('lead to a %s', (_, subject, url) => {
    expect(urls({ subject })[0]).toBe(url);
  });

  test('lead to a policy once, by its encoded ARN', () => {
    const arn = `arn:aws:iam::${account}:policy/team/all`;
    const policies = [{ kind: 'managed' as const, arn, active: true }];
    expect(urls({ subject: { type: 'policy', name: 'all', arn, account }, policies })).toEqual([
      'https://console.aws.amazon.com/iam/home#/policies/details/arn%3Aaws%3Aiam%3A%3A123456789012%3Apolicy%2Fteam%2Fall?section=permissions',
      'https://console.aws.amazon.com/cloudtrailv2/home?region=us-east-1#/events/7f1c2a9e-1111-4222-8333-944455556666',
    ]);
  });

  test.each([
    ['aws-cn', 'cn-north-1', 'https://console.amazonaws.cn/'],
    ['aws-us-gov', 'us-gov-west-1', 'https://console.amazonaws-us-gov.com/'],
  ])('lead to the console of %s', (partition, region, host) => {
    for (const url of urls(elsewhere(partition, region))) expect(url.startsWith(host)).toBe(true);
    const byRegion = urls({ ...elsewhere(partition, region), actor: { type: 'Unknown' } });
    expect(byRegion[0]?.startsWith(host)).toBe(true);
  });

  test('are left out where the console is not known', () => {
    expect(urls(elsewhere('aws-iso', 'us-iso-east-1'))).toEqual([]);
  });

  test('leave out the event where its id is a hash of the record, or its Region is none', () => {
    expect(urls({ event: { ...aVerdict().event, id: 'f'.repeat(64) } })).toHaveLength(1);
    expect(urls({ event: { ...aVerdict().event, region: 'evil.example/#' } })).toHaveLength(1);
  });

  test('encode what a name could break out with', () => {
    expect(urls({ subject: { type: 'user', name: "a/../b?c#d'(*_~)<>\uD83D", account } })[0]).toBe(
      'https://console.aws.amazon.com/iam/home#/users/details/a%2F..%2Fb%3Fc%23d%27%28%2A%5F%7E%29%3C%3E%EF%BF%BD?section=permissions',
    );
  });
});

test('whatever the verdict, every link leads to a console of AWS', () => {
  const hosts = ['console.aws.amazon.com', 'console.amazonaws.cn', 'console.amazonaws-us-gov.com'];
  fc.assert(
    fc.property(anyVerdict, (verdict) => {
      for (const { url } of consoleLinks(verdict)) {
        expect(hosts).toContain(new URL(url).host);
        expect(url).toMatch(/^[A-Za-z0-9:/.?=#%&_-]{1,2000}$/);
      }
    }),
    runs(100),
  );
});
