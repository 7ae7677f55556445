import { analyzePosture } from '../../analyzers/analyze.ts';
import type { Posture } from '../../analyzers/posture.ts';
import type { Rule } from '../../analyzers/rule.ts';
import { unexcepted, withExceptions } from '../../guard/exceptions.ts';
import { readUserTags } from '../../guard/user-tags.ts';
import { parseNamesTag } from '../../iam/tag-values.ts';
import type { Configuration } from '../../schemas/configuration.ts';
import type { Finding } from '../../schemas/finding.ts';
import { bySeverity } from '../../schemas/severity.ts';
import type { ReportedUser, Standing } from './report.ts';
import { heldFindings, onlyTagged } from './reported-findings.ts';
import { type Stand, standOf } from './standing.ts';

/** A user as a report judged it, whether or not it is listed. */
export interface UserFacts {
  readonly user: Omit<ReportedUser, 'standing' | 'verdict'> & { readonly standing: Standing; readonly verdict: Stand['verdict'] };
  /** All of its findings, exceptions marked. */
  readonly findings: readonly Finding[];
}

interface Context {
  readonly configuration: Configuration;
  readonly rules: readonly Rule[];
  /** Why nobody's credentials are known; undefined where they are. */
  readonly noCredentials: string | undefined;
}

/** Judges a user on what was read of it, and sets that beside its tags. */
export function reportUser(posture: Posture, { configuration, rules, noCredentials }: Context): UserFacts {
  const { userName, arn, asOf, tags } = posture;
  const found = withExceptions(
    analyzePosture(posture, configuration, rules),
    { type: 'user', name: userName },
    configuration.exceptions,
    asOf,
  );
  const open = unexcepted(found);
  // Said once of the account, not of every user.
  const unread = noCredentials === undefined ? posture.unread : posture.unread.filter(({ why }) => why !== noCredentials);
  const stand = standOf(posture, open, configuration.tagPrefix, noCredentials !== undefined && unread.length === 0);
  const tagged =
    stand.standing === 'flagged' && posture.unread.length > 0 ? onlyTagged(posture, found, configuration, unread.length === 0) : [];
  const { names, cut } = parseNamesTag(readUserTags(tags, configuration.tagPrefix).authored ?? '');
  return {
    user: {
      name: userName,
      arn,
      ...stand,
      findings: [...heldFindings(open, posture), ...tagged].toSorted((a, b) => bySeverity(a.severity, b.severity)),
      excepted: heldFindings(
        found.filter(({ exception }) => exception !== undefined),
        posture,
      ),
      authored: names,
      authoredLeftOut: cut,
      unread,
    },
    findings: found,
  };
}

/** True of a user that a report lists: all but those who were never flagged. */
export function isListed(user: UserFacts['user']): user is ReportedUser {
  return user.standing !== 'unflagged' && user.verdict !== 'none';
}
