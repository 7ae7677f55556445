import type { Configuration } from '../../schemas/configuration.ts';
import { plural } from '../input-talk.ts';
import { code, type Fact, moment } from '../page/parts.ts';
import type { Content } from '../page/template.ts';
import { configurationUsed } from '../report/configuration-used.ts';
import type { ReplaySummary } from './summary.ts';

/** How a page came about. */
export interface Made {
  /** When: ISO 8601. */
  readonly at: string;
  /** The version of this program. */
  readonly version: string;
}

/** When a page was made, of what, by which version, with which configuration, and what was not read. */
export function factsOf(
  { accounts, period, looked, unfollowed }: ReplaySummary,
  configuration: Configuration,
  { at, version }: Made,
): Fact[] {
  const { records, duplicates, files, unread = 0, filters = [], interrupted } = looked;
  const { hash, changed } = configurationUsed(configuration);
  const settings: Content =
    changed.length === 0
      ? 'the defaults'
      : changed.map(({ setting, value }, index) => [index > 0 ? ', ' : '', code(`${setting}=${value}`)]);
  return [
    { name: 'Made', value: [moment(at), `, by Trailguard ${version}`] },
    { name: accounts.length === 1 ? 'Account' : 'Accounts', value: accounts.length === 0 ? 'none' : accounts.join(', ') },
    ...(period === undefined ? [] : [{ name: 'Changes', value: ['from ', moment(period.from), ' to ', moment(period.to)] }]),
    {
      name: 'Looked at',
      value: `${plural(records, 'IAM record')}${files === undefined ? '' : ` in ${plural(files, 'file')}`}${duplicates > 0 ? `; ${duplicates} came again and were judged once` : ''}`,
    },
    {
      name: 'Not read',
      value: unread === 0 ? 'nothing was left out for being unreadable' : `${plural(unread, 'input')}, or the end of it`,
    },
    ...(filters.length > 0 ? [{ name: 'Only', value: filters.map((filter, index) => [index > 0 ? ' ' : '', code(filter)]) }] : []),
    ...(interrupted ? [{ name: 'Stopped', value: 'before the end of the trail: this is of the verdicts until then' }] : []),
    ...(unfollowed > 0
      ? [{ name: 'Not followed', value: `up to ${plural(unfollowed, 'user')} with milder verdicts than those here` }]
      : []),
    { name: 'Configuration', value: [code(hash), ': ', settings] },
  ];
}
