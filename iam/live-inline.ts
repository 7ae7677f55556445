import { GetGroupPolicyCommand, GetRolePolicyCommand, GetUserPolicyCommand, type IAMClient } from '@aws-sdk/client-iam';
import type { Holder } from '../events/change.ts';
import type { Answer } from './directory.ts';
import { answer } from './live-answer.ts';

/** The text of an inline policy as it stands now, URL-encoded as IAM sends it. One call. */
export function readInline(client: IAMClient, holder: Holder, policyName: string): Promise<Answer<string>> {
  return answer(inlineName(holder, policyName), async () => (await fetchInline(client, holder, policyName)).PolicyDocument ?? '');
}

/** An inline policy as a person would call it. */
export function inlineName(holder: Holder, policyName: string): string {
  return `inline policy ${policyName} of ${holder.type} ${holder.name}`;
}

function fetchInline(client: IAMClient, { type, name }: Holder, policyName: string): Promise<{ PolicyDocument: string | undefined }> {
  switch (type) {
    case 'user':
      return client.send(new GetUserPolicyCommand({ UserName: name, PolicyName: policyName }));
    case 'group':
      return client.send(new GetGroupPolicyCommand({ GroupName: name, PolicyName: policyName }));
    case 'role':
      return client.send(new GetRolePolicyCommand({ RoleName: name, PolicyName: policyName }));
  }
}
