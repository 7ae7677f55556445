import * as iam from '@aws-sdk/client-iam';
import type { CloudTrailRecord } from '../schemas/cloudtrail-record.ts';

/** Makes the calls of records happen in moto. */
export interface Happening {
  /** Makes the call of a record, and gives back the record with the ids that moto chose. */
  happen(record: CloudTrailRecord): Promise<CloudTrailRecord>;
}

/** What moto wants and no record has. */
const unrecorded: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  CreateLoginProfile: { Password: 'correct horse Battery 1!' },
  UpdateLoginProfile: { Password: 'another horse Battery 2!' },
  EnableMFADevice: { AuthenticationCode1: '123456', AuthenticationCode2: '654321' },
};

/** Makes calls with this client. */
export function createHappening(client: iam.IAMClient): Happening {
  /** What moto calls what the events call otherwise: keys by their id, versions by their policy and id. */
  const real = new Map<string, string>();
  return {
    async happen(record) {
      const { eventName, requestParameters } = record;
      const Command = (iam as unknown as Record<string, (new (input: object) => iam.GetUserCommand) | undefined>)[`${eventName}Command`];
      if (Command === undefined) throw new Error(`IAM has no call \`${eventName}\``);
      const asked: Record<string, unknown> = { ...requestParameters };
      for (const [name, key] of [
        ['accessKeyId', String(asked.accessKeyId)],
        ['versionId', `${asked.policyArn} ${asked.versionId}`],
      ] as const) {
        if (real.has(key)) asked[name] = real.get(key);
      }
      const input = { ...(capitalised(asked) as object), ...unrecorded[eventName] };
      const answer = (await client.send(new Command(input))) as unknown as iam.CreateAccessKeyCommandOutput &
        iam.CreatePolicyVersionCommandOutput;
      const { accessKey, policyVersion } = (record.responseElements ?? {}) as Record<string, Record<string, unknown> | undefined>;
      const accessKeyId = answer.AccessKey?.AccessKeyId;
      const versionId = answer.PolicyVersion?.VersionId;
      if (accessKey && accessKeyId) real.set(String(accessKey.accessKeyId), accessKeyId);
      if (policyVersion && versionId) real.set(`${asked.policyArn} ${policyVersion.versionId}`, versionId);
      return {
        ...record,
        requestParameters: asked,
        ...(accessKey && accessKeyId ? { responseElements: { accessKey: { ...accessKey, accessKeyId } } } : {}),
        ...(policyVersion && versionId ? { responseElements: { policyVersion: { ...policyVersion, versionId } } } : {}),
      };
    },
  };
}

/** Names as the SDK has them: a record begins them small. */
function capitalised(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(capitalised);
  if (typeof value !== 'object' || value === null) return value;
  const named = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [named(name), capitalised(inner)]));
}
