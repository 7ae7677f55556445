import { actorName } from '../../guard/who.ts';
import type { Verdict } from '../../schemas/verdict.ts';
import type { Told } from './summary.ts';
import { wordOf } from './words.ts';

/** A verdict taken apart into who, what and why, so that a story need not say all of it at each line. */
export function toldOf(verdict: Verdict): Told {
  const by = actorName(verdict.actor);
  // The summary begins with the actor, and has no double quotes nor backslashes.
  const sentence = verdict.summary.slice(by.length + 1).replace(/\.$/, '');
  const at = /; (?=(?:it|the user|the document) )/.exec(sentence)?.index;
  const consequence = at === undefined ? undefined : sentence.slice(at + 2).replace(/ \(and \d+ more findings?\)$/, '');
  return {
    time: new Date(verdict.event.time).toISOString(),
    eventId: verdict.id,
    by,
    deed: at === undefined ? sentence : sentence.slice(0, at),
    ...(consequence === undefined ? {} : { consequence }),
    word: wordOf(verdict),
  };
}
