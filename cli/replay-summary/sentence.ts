import type { Told } from './summary.ts';

/** What was done and what is wrong with it, without who did it. */
export function sentence({ deed, consequence }: Pick<Told, 'deed' | 'consequence'>): string {
  return consequence === undefined ? deed : `${deed}; ${consequence}`;
}
