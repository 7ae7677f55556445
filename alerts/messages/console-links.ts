import type { Verdict } from '../../schemas/verdict.ts';
import { partitionOf } from './partition.ts';

/** A page of the AWS console: what it shows, and where it is. */
export interface ConsoleLink {
  readonly label: string;
  readonly url: string;
}

/** @see https://docs.aws.amazon.com/govcloud-us/latest/UserGuide/configure-account.html and https://docs.amazonaws.cn/en_us/IAM/latest/UserGuide/id_users_sign-in.html */
const hosts: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-cn': 'console.amazonaws.cn',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
};

/** No name or ARN that IAM gives out makes a longer one. */
const longestUrl = 2_000;

/**
 * Where the subject, the policy and the event of a verdict are in the AWS console: none in a partition whose console is not known, no
 * event where the record had no event id of its own.
 */
export function consoleLinks(verdict: Verdict): readonly ConsoleLink[] {
  const host = hosts[partitionOf(verdict)];
  if (host === undefined) return [];
  const links = [...subjectLinks(verdict, host), ...policyLinks(verdict, host), ...eventLinks(verdict, host)];
  const unique = new Map(links.map((link) => [link.url, link]));
  return [...unique.values()].filter(({ url }) => url.length <= longestUrl);
}

function subjectLinks({ subject: { type, name } }: Verdict, host: string): ConsoleLink[] {
  const iam = `https://${host}/iam/home#`;
  if (type === 'account') return [{ label: 'Account settings in IAM', url: `${iam}/account_settings` }];
  if (name === undefined || type === 'policy') return [];
  return [{ label: `The ${type} in IAM`, url: `${iam}/${type}s/details/${encoded(name)}?section=permissions` }];
}

function policyLinks({ subject, policies }: Verdict, host: string): ConsoleLink[] {
  const arns = [...policies.map(({ arn }) => arn), subject.type === 'policy' ? subject.arn : undefined];
  return arns
    .filter((arn) => arn !== undefined)
    .slice(0, 1)
    .map((arn) => ({ label: 'The policy in IAM', url: `https://${host}/iam/home#/policies/details/${encoded(arn)}?section=permissions` }));
}

function eventLinks({ event: { id, region } }: Verdict, host: string): ConsoleLink[] {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id) || !/^[a-z]{2}(-[a-z]+)+-\d{1,2}$/.test(region)) return [];
  return [{ label: 'The event in CloudTrail', url: `https://${host}/cloudtrailv2/home?region=${region}#/events/${id}` }];
}

/** Percent-encoded, with what `encodeURIComponent` leaves and Markdown or mrkdwn would read; it throws on half of a surrogate pair. */
function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\uFFFD')).replace(
    /[!'()*~_]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
