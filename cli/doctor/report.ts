import { visible } from '../../schemas/visible-text.ts';
import { gridRow, labelled, pasteable } from '../layout.ts';
import type { Paint } from '../paint.ts';
import type { State } from './check.ts';
import type { Checked } from './run-checks.ts';

const narrowest = 60;
const widest = 120;
const stateWidth = 7;
const indent = 4;
/** Faults, and commands, of one check. */
const mostShown = 4;

/** The eye ends below: what is wrong comes last. */
const order: readonly State[] = ['ok', 'skipped', 'unknown', 'wrong'];
/** A colour that says the same as the word. */
const colours: Readonly<Record<State, string>> = { ok: 'clean', skipped: 'none', unknown: 'undetermined', wrong: 'high' };

/** One line for each check, the state first; below what is wrong, why it matters and what mends it. */
export function reportOf(checked: readonly Checked[], columns: number, paint: Paint): string {
  const width = Math.min(widest, Math.max(narrowest, columns));
  const idWidth = Math.max(...checked.map(({ id }) => id.length));
  const room = width - stateWidth - idWidth - 4;
  const grid = [
    { name: 'state', width: stateWidth },
    { name: 'id', width: idWidth },
    { name: 'says', width: room },
  ];
  const lines = order
    .flatMap((state) => checked.filter((each) => each.state === state))
    .map((each) => {
      const cells = { state: paint.verdict(colours[each.state], each.state), id: each.id, says: visible(saysOf(each)) };
      return [gridRow(grid, cells), ...advice(each, width, paint)].join('\n');
    });
  return [...lines, '', paint.bold(summaryOf(checked))].join('\n');
}

/** "3 of 21 checks are wrong", and what was not looked at. */
export function summaryOf(checked: readonly Checked[]): string {
  const count = (state: State) => checked.filter((each) => each.state === state).length;
  const [wrongs, unknowns, skips] = [count('wrong'), count('unknown'), count('skipped')];
  const first =
    wrongs === 0
      ? `${count('ok')} of ${checked.length} checks are ok`
      : `${wrongs} of ${checked.length} checks ${wrongs === 1 ? 'is' : 'are'} wrong`;
  return [first, ...(unknowns === 0 ? [] : [`${unknowns} could not be made`]), ...(skips === 0 ? [] : [`${skips} skipped`])].join(', ');
}

function saysOf({ faults = [], title, says, state }: Checked): string {
  if (state !== 'ok')
    return faults.length > mostShown ? `${faults.slice(0, mostShown).join('; ')}; and ${faults.length - mostShown} more` : says;
  return says === '' ? title : `${title}: ${says}`;
}

function advice({ fix = [], matters, state }: Checked, width: number, paint: Paint): string[] {
  if (state !== 'wrong') return [];
  const more = fix.length - mostShown;
  return [
    labelled('why', matters, { indent, width }, paint.dim),
    `${' '.repeat(indent)}${paint.dim('do')}`,
    ...fix.slice(0, mostShown).map((command) => pasteable(command, indent + 4)),
    ...(more > 0 ? [`${' '.repeat(indent + 4)}and ${more} more: --format json lists them`] : []),
  ];
}
