import { lastPart, resourceOfArn } from './arn.ts';
import { known } from './known.ts';

/** What a denied call was aimed at, as far as its message tells. */
export interface DeniedTarget {
  readonly type: 'user' | 'group' | 'role' | 'policy';
  readonly name?: string;
  readonly arn?: string;
  /** Of a policy: the version's id. */
  readonly version?: string;
}

const types: readonly DeniedTarget['type'][] = ['user', 'group', 'role', 'policy'];
const opening = ' on resource: ';
const quotes = ['"', "'", '`'];

/**
 * The target out of an AccessDenied message, `User: … is not authorized to perform: … on resource: TARGET because …`, where
 * TARGET is `user NAME`, `group NAME`, `role NAME`, `policy NAME`, `policy ARN`, `policy ARN version v2` or an ARN alone.
 * Undefined where the message names none. Plain searches only, since whoever is denied chooses part of the text.
 */
export function deniedTarget(message: string | undefined): DeniedTarget | undefined {
  const start = message?.indexOf(opening) ?? -1;
  if (message === undefined || start < 0) return undefined;
  const words = wordsOf(message.slice(start + opening.length));
  const first = words[0] ?? '';
  if (first.startsWith('arn:')) return fromArn(first, words.slice(1));
  const type = types.find((candidate) => candidate === first);
  const name = words[1];
  if (type === undefined || name === undefined) return undefined;
  return name.startsWith('arn:') ? fromArn(name, words.slice(2)) : { type, name, ...versionIn(words.slice(2)) };
}

/** The first four words, which is all that a target takes (IAM allows no space in a name), without the quotes around them. */
function wordsOf(resource: string): readonly string[] {
  return resource
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 4)
    .map(withoutQuotes);
}

function withoutQuotes(word: string): string {
  const from = quotes.includes(word[0] ?? '') ? 1 : 0;
  const to = word.length > from && quotes.includes(word.at(-1) ?? '') ? -1 : undefined;
  return word.slice(from, to);
}

function fromArn(arn: string, following: readonly string[]): DeniedTarget | undefined {
  const resource = resourceOfArn(arn);
  const type = types.find((candidate) => resource?.startsWith(`${candidate}/`));
  return type && known<DeniedTarget>({ type, name: lastPart(resource), arn, ...versionIn(following) });
}

function versionIn([word, version]: readonly string[]): { version?: string } {
  return word === 'version' && version !== undefined ? { version } : {};
}
