import { asked } from '../call.ts';
import { tags, texts } from '../fields.ts';
import { documentOf, isDefault, newVersion, policyArn, policyName, tagsOf } from '../parameters.ts';
import { policy } from '../subjects.ts';
import { type CatalogPart, judged } from './entry.ts';

/** Calls on managed policies. */
export const policyEvents: CatalogPart = {
  CreatePolicy: judged('policy-changes', policy, (c) => ({
    kind: 'policy-created',
    arn: policyArn(c),
    name: policyName(c),
    document: documentOf(c),
    tags: tagsOf(c, 'policy'),
  })),
  CreatePolicyVersion: judged('policy-changes', policy, (c) => ({
    kind: 'policy-version-created',
    arn: policyArn(c),
    version: newVersion(c),
    isDefault: isDefault(c),
    document: documentOf(c),
  })),
  SetDefaultPolicyVersion: judged('policy-changes', policy, (c) => ({
    kind: 'default-version-set',
    arn: policyArn(c),
    version: asked(c, 'versionId'),
  })),
  DeletePolicy: judged('policy-changes', policy, (c) => ({ kind: 'policy-deleted', arn: policyArn(c) })),
  DeletePolicyVersion: judged('policy-changes', policy, (c) => ({
    kind: 'policy-version-deleted',
    arn: policyArn(c),
    version: asked(c, 'versionId'),
  })),

  TagPolicy: judged('account-changes', policy, (c) => ({ kind: 'policy-tagged', arn: policyArn(c), tags: tags(c.request, 'tags') })),
  UntagPolicy: judged('account-changes', policy, (c) => ({
    kind: 'policy-untagged',
    arn: policyArn(c),
    keys: texts(c.request, 'tagKeys'),
  })),
};
