import type { Look } from '../alerts/publish-once.ts';
import type { Actor } from '../events/change.ts';
import type { Directory, TagWriter } from '../iam/directory.ts';
import type { Configuration } from '../schemas/configuration.ts';
import type { UserRequest } from '../schemas/user-request.ts';
import type { Verdict } from '../schemas/verdict.ts';

/** The edge of the guard: everything that `guard` reads, writes and tells, handed in by whoever calls it. */
export interface GuardPorts {
  /** The directory of an account, or undefined for an account that this guard does not watch. */
  directory(account: string): (Directory & TagWriter) | undefined;
  /** Told every verdict that must be alerted, and by which look at the event. Throws where the alert could not be delivered. */
  publish(verdict: Verdict, look?: Look): Promise<void>;
  /** True where the guard itself made a call: what it does is never judged. */
  isOwn?(actor: Actor): boolean;
  /**
   * Has users judged once more, when IAM has settled, each at one time only. Undefined where a read is never older than the event:
   * in a replay. Throws where it could not be asked for.
   */
  readonly judgeAgain?: (requests: readonly UserRequest[]) => Promise<void>;
  /** The time now. */
  now(): Date;
  readonly configuration: Configuration;
  /** True in a replay: what the trail never showed is noted, not doubted. */
  readonly partialHistory?: true;
}
