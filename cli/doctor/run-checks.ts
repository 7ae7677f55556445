import { isDenied, messageOf } from '../../iam/aws-errors.ts';
import { inParallel } from '../../iam/in-parallel.ts';
import { explainAwsFault } from '../aws-fault.ts';
import type { Check, Outcome } from './check.ts';
import type { DoctorContext } from './context.ts';

/** Checks under way at the same time; each asks AWS a few things at once by itself. */
const atOnce = 6;

/** A check with what came of it. */
export interface Checked extends Outcome {
  readonly id: string;
  readonly title: string;
  readonly matters: string;
  /** The check that was not ok, where this one was skipped because of it. */
  readonly because?: string;
}

/** How a run goes: whether the checks that write may, and who is told how far it has come. */
export interface RunOptions {
  readonly canary: boolean;
  readonly progress?: (done: number, total: number) => void;
}

/** Makes all checks, those at the same time that do not need each other; results in the order of the checks. It does not throw. */
export async function runChecks(checks: readonly Check[], context: DoctorContext, options: RunOptions): Promise<Checked[]> {
  const begun = new Map<string, Promise<Checked>>();
  let done = 0;
  return inParallel(checks, atOnce, (check) => {
    // Before anything is awaited, so that whatever comes later finds what it needs.
    const needed = check.after.flatMap((id) => begun.get(id) ?? []);
    const checked = outcomeOf(check, needed, context, options).then(({ because, ...outcome }) => {
      done += 1;
      options.progress?.(done, checks.length);
      const { id, title, matters } = check;
      return { id, title, matters, ...outcome, ...(because === undefined ? {} : { because }) };
    });
    begun.set(check.id, checked);
    return checked;
  });
}

async function outcomeOf(
  check: Check,
  needed: readonly Promise<Checked>[],
  context: DoctorContext,
  { canary }: RunOptions,
): Promise<Outcome & { readonly because?: string }> {
  if (check.writes && !canary) return { state: 'skipped', says: 'it writes, and runs with --canary only' };
  const failed = (await Promise.all(needed)).find(({ state }) => state !== 'ok');
  if (failed !== undefined) {
    // What a check was skipped for, those after it are skipped for too.
    const { because = failed.id, says } = failed;
    return { state: 'skipped', says: failed.because === undefined ? `not looked at: ${failed.id} is ${failed.state}` : says, because };
  }
  try {
    return await check.run(context);
  } catch (error) {
    return unknown(error, check);
  }
}

/** What could not be looked at is never ok. */
function unknown(error: unknown, { permissions }: Check): Outcome {
  if (!isRefused(error)) return { state: 'unknown', says: messageOf(explainAwsFault(error)) };
  const [named] = /(?<=not authorized to perform: )[\w-]+:\w+/.exec(messageOf(error)) ?? [];
  return { state: 'unknown', says: `may not be looked at: allow ${named ?? permissions.join(', ')} (docs/doctor.md has the policy)` };
}

function isRefused(error: unknown): boolean {
  return (
    isDenied(error) ||
    (error instanceof Error && ['AuthorizationError', 'AuthorizationErrorException', 'NotAuthorizedException'].includes(error.name))
  );
}
