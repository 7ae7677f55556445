import { overlaps } from '../../policy/wildcards.ts';

/** Tells of forms whether a scope can hold some of each. Both are read part by part, or `*` in one's Region would swallow the other's name. */
export function overlapWith(scope: string): (form: string) => boolean {
  const parts = partsOf(scope);
  if (parts.length < arnParts || !/^(aws|[\d*?]*|\$\{.*)$/.test(parts[4] ?? '')) return (form) => overlaps(scope, form);
  return (form) => {
    const wanted = partsOfForm(form);
    return mostTelling.every((index) => partsOverlap(parts[index] ?? '', wanted[index] ?? '', index));
  };
}

const namePart = 5;
/** The service and the name tell most forms apart. */
const mostTelling = [2, namePart, 1, 3, 4];

/** A variable for an account or a Region may be any. */
function partsOverlap(part: string, wanted: string, index: number): boolean {
  return overlaps(part, wanted) || (index !== namePart && part.includes('${'));
}

const arnParts = 6;

/** The parts of an ARN, or of a pattern for some; colons in the last are left in it, and those of variables are no ends of parts. */
function partsOf(arn: string): readonly string[] {
  const parts = (arn.includes('${') ? arn.replace(/\$\{[^{}]*\}/g, (variable) => variable.replaceAll(':', '/')) : arn).split(':');
  return parts.length <= arnParts ? parts : [...parts.slice(0, arnParts - 1), parts.slice(arnParts - 1).join(':')];
}

const formParts = new Map<string, readonly string[]>();

function partsOfForm(form: string): readonly string[] {
  const known = formParts.get(form);
  if (known) return known;
  const parts = partsOf(form);
  formParts.set(form, parts);
  return parts;
}

/** All versions of one function or job definition. */
const versions = /^((?:function:|job-definition\/)[^:]*):\*$/;

/** True where a scope is a wildcard over names, and not only over Regions or accounts. */
export function reachesSeveral(scope: string): boolean {
  const [, , , , , name] = partsOf(scope);
  // Fewer parts than an ARN has: a wildcard stands for the rest.
  return name === undefined || /[*?]/.test(name.replace(versions, '$1'));
}

/** True where a scope is of more accounts than one. */
export function reachesEveryAccount(scope: string): boolean {
  return /[*?]/.test(partsOf(scope)[4] ?? '');
}

/** Service-linked roles can neither be passed on nor assumed nor changed by users. */
export function isServiceLinked(scope: string): boolean {
  return /^[^/]*:role\/aws-service-role\//.test(scope);
}

const callerName = '${aws:username}';

/** True of the caller's own user, by its name alone or after a path. */
export function isCaller(scope: string): boolean {
  const plain = scope.replace(/\$\{aws:username(\s*,[^{}]*)?\}/gi, callerName);
  if (!plain.includes(callerName)) return false;
  const head = `arn:*:iam::${'?'.repeat(12)}:user/`;
  return overlaps(plain, `${head}${callerName}`) || overlaps(plain, `${head}*/${callerName}`);
}

/** AWS's documents that run what the caller writes. @see https://docs.aws.amazon.com/systems-manager/latest/userguide/run-command.html */
const runningDocuments = [
  'AWS-ApplyAnsiblePlaybooks',
  'AWS-ApplyChefRecipes',
  'AWS-ApplyDSCMofs',
  'AWS-InstallApplication',
  'AWS-InstallPowerShellModule',
  'AWS-RunDocument',
  'AWS-RunPowerShellScript',
  'AWS-RunRemoteScript',
  'AWS-RunSaltState',
  'AWS-RunShellScript',
];

/** True of AWS's documents that run commands, and of wildcards over one's own: their names cannot begin like AWS's. */
export function runsCommands(scope: string): boolean {
  const [, , , , , name = '*'] = partsOf(scope);
  const own = reachesSeveral(scope) && !/^document\/(aws|amazon|amzn)/i.test(name);
  return own || runningDocuments.some((document) => overlaps(name, `document/${document}`));
}
