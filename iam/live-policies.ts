import { GetPolicyCommand, GetPolicyVersionCommand, type IAMClient, type Policy as IamPolicy } from '@aws-sdk/client-iam';
import type { Answer, ManagedPolicyVersion } from './directory.ts';
import { answer } from './live-answer.ts';
import { policyNameOf } from './policy-names.ts';
import { type ParsedDocument, readDocument } from './posture-parts.ts';

/** The document of one version of a managed policy, as IAM sent it and as it was understood. */
interface VersionDocument {
  readonly text: string;
  readonly parsed: ParsedDocument;
}

/** A version of a managed policy with its document parsed. */
export interface ReadVersion extends ManagedPolicyVersion {
  readonly parsed: ParsedDocument;
}

/** Managed policies of the live account. */
export interface LivePolicies {
  /** A version with its document, the default one where `version` is undefined. */
  version(arn: string, version?: string): Promise<Answer<ReadVersion>>;
  /** What GetPolicy tells, its tags among it. Never cached. */
  about(arn: string): Promise<Answer<IamPolicy>>;
}

// AWS managed policies and the shared ones of an account are read over and over; 500 documents are about 3 MB.
const cacheSize = 500;

// While IAM settles, it may answer for a policy just made with the document of one deleted under the same name.
const settlingMilliseconds = 2 * 60 * 1_000;

/**
 * Reads managed policies: GetPolicy each time, then GetPolicyVersion where the document is not kept. A document is kept by
 * the policy's unique id and the version: IAM never changes it within a policy, and a policy deleted and made again under
 * the same ARN has another id. Of a policy younger than two minutes nothing is kept.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-unique-ids
 */
export function createLivePolicies(client: IAMClient, now: () => Date): LivePolicies {
  const documents = new Map<string, Promise<VersionDocument>>();

  /** Who asks while a document is on its way waits for the same one. A fault is not kept. */
  function kept(key: string, fetch: () => Promise<VersionDocument>): Promise<VersionDocument> {
    const known = documents.get(key);
    if (known !== undefined) return known;
    const oldest = documents.keys().next();
    if (documents.size >= cacheSize && !oldest.done) documents.delete(oldest.value);
    const fetched = fetch();
    documents.set(key, fetched);
    fetched.catch(() => documents.delete(key));
    return fetched;
  }

  async function fetchDocument(arn: string, version: string): Promise<VersionDocument> {
    const { PolicyVersion } = await client.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: version }));
    const text = PolicyVersion?.Document ?? '';
    return { text, parsed: readDocument(text) };
  }

  async function about(arn: string): Promise<IamPolicy> {
    const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn: arn }));
    if (Policy === undefined) throw new Error(`IAM answered GetPolicy for \`${arn}\` without a policy`);
    return Policy;
  }

  async function version(arn: string, asked?: string): Promise<ReadVersion> {
    const policy = await about(arn);
    const wanted = asked ?? policy.DefaultVersionId ?? '';
    const key = keyOf(policy, wanted, now());
    const fetch = () => fetchDocument(arn, wanted);
    const { text, parsed } = await (key === undefined ? fetch() : kept(key, fetch));
    return { arn, name: policyNameOf(arn), version: wanted, isDefault: wanted === policy.DefaultVersionId, document: text, parsed };
  }

  return {
    version: (arn, asked) => answer(`policy ${arn}${asked === undefined ? '' : ` version ${asked}`}`, () => version(arn, asked)),
    about: (arn) => answer(`policy ${arn}`, () => about(arn)),
  };
}

/** What a document is kept by, or undefined where it must not be kept. */
function keyOf({ PolicyId, CreateDate }: IamPolicy, version: string, now: Date): string | undefined {
  const settled = CreateDate !== undefined && now.getTime() - CreateDate.getTime() >= settlingMilliseconds;
  return PolicyId !== undefined && settled ? `${PolicyId} ${version}` : undefined;
}
