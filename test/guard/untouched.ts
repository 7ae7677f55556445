import type { Directory, TagWriter } from '../../iam/directory.ts';

/** A directory that nobody may ask or write to: whoever does fails, and is named. */
export function untouchedDirectory(): Directory & TagWriter {
  const touched = (name: string) => async (): Promise<never> => {
    throw new Error(`\`${name}\` was called`);
  };
  return {
    posture: touched('posture'),
    managedPolicy: touched('managedPolicy'),
    inlinePolicy: touched('inlinePolicy'),
    holders: touched('holders'),
    members: touched('members'),
    passwordPolicy: touched('passwordPolicy'),
    userTags: touched('userTags'),
    policyTags: touched('policyTags'),
    tagUser: touched('tagUser'),
    untagUser: touched('untagUser'),
    tagPolicy: touched('tagPolicy'),
    untagPolicy: touched('untagPolicy'),
  };
}
