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

/**
 * Reads managed policies, and keeps the documents of versions, which IAM never changes. Which version is the default is
 * asked for each time, because that does change.
 */
export function createLivePolicies(client: IAMClient): LivePolicies {
  const documents = new Map<string, VersionDocument>();

  async function fetchVersion(arn: string, version: string): Promise<{ document: VersionDocument; isDefault: boolean }> {
    const { PolicyVersion } = await client.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: version }));
    const text = PolicyVersion?.Document ?? '';
    const document = { text, parsed: readDocument(text) };
    const oldest = documents.keys().next();
    if (documents.size >= cacheSize && !oldest.done) documents.delete(oldest.value);
    documents.set(`${arn} ${version}`, document);
    return { document, isDefault: PolicyVersion?.IsDefaultVersion ?? false };
  }

  async function about(arn: string): Promise<IamPolicy> {
    const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn: arn }));
    return Policy ?? {};
  }

  async function version(arn: string, asked?: string): Promise<ReadVersion> {
    const known = asked === undefined ? undefined : documents.get(`${arn} ${asked}`);
    if (asked !== undefined && known === undefined) {
      const { document, isDefault } = await fetchVersion(arn, asked);
      return readVersion(arn, asked, isDefault, document);
    }
    const defaultId = (await about(arn)).DefaultVersionId ?? '';
    const wanted = asked ?? defaultId;
    const document = known ?? documents.get(`${arn} ${wanted}`) ?? (await fetchVersion(arn, wanted)).document;
    return readVersion(arn, wanted, wanted === defaultId, document);
  }

  return {
    version: (arn, asked) => answer(`policy ${arn}${asked === undefined ? '' : ` version ${asked}`}`, () => version(arn, asked)),
    about: (arn) => answer(`policy ${arn}`, () => about(arn)),
  };
}

function readVersion(arn: string, version: string, isDefault: boolean, document: VersionDocument): ReadVersion {
  return { arn, name: policyNameOf(arn), version, isDefault, document: document.text, parsed: document.parsed };
}
