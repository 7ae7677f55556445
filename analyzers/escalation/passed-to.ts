import type { Condition, Statement } from '../../policy/policy.ts';
import { overlaps } from '../../policy/wildcards.ts';

/**
 * False where a condition on `iam:PassedToService` rules out that a statement lets a role be passed to any of these services.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html#ck_PassedToService
 */
export function mayPassTo({ conditions }: Statement, services: readonly string[]): boolean {
  const named = conditions.filter(({ key, doubtful }) => key.toLowerCase() === 'iam:passedtoservice' && !doubtful);
  return named.length === 0 || services.some((service) => named.every((condition) => admits(condition, service)));
}

/** Whether a service passes one condition; an operator that compares no text is passed. */
function admits({ operator, values }: Condition, service: string): boolean {
  const [, negation, comparison] =
    /^(?:for(?:all|any)values?:)?string(not)?(equals|equalsignorecase|like)(?:ifexists)?$/i.exec(operator) ?? [];
  if (comparison === undefined) return true;
  // What only the request can tell is taken to fit.
  const open = values.some((value) => value.includes('${'));
  if (open) return true;
  const wild = comparison.toLowerCase() === 'like';
  const found = values.some((value) => (wild ? overlaps(value.toLowerCase(), service) : false) || plain(value) === service);
  return negation === undefined ? found : !found;
}

/** A service principal without its Region and China's suffix: `ec2.amazonaws.com.cn` is EC2. */
function plain(principal: string): string {
  return principal.toLowerCase().replace(/^(.+?)\.(?:[a-z]{2}(?:-[a-z]+)+-\d\.)?amazonaws\.com(?:\.cn)?$/, '$1.amazonaws.com');
}
