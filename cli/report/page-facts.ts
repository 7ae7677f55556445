import { code, type Fact, list, moment, plain } from '../page/parts.ts';
import type { Report } from './report.ts';
import { minute, periodLimits, periodWords } from './words.ts';

/** When a report was made, of which account, from what, by which version, with which settings. */
export function factsOf({ account, madeAt, version, source, configuration, period }: Report): Fact[] {
  const { hash, changed } = configuration;
  return [
    { name: 'Account', value: account },
    { name: 'Made', value: moment(madeAt) },
    ...(period === undefined ? [] : [{ name: 'Period', value: plain([`${periodWords(period)}. `, periodLimits]) }]),
    ...(source.kind === 'account'
      ? [
          { name: 'Read from', value: 'the live account' },
          { name: 'Read by', value: code(source.readBy) },
          {
            name: 'Keys, passwords, MFA',
            value: source.credentialsAsOf === undefined ? 'not read' : plain(['as of ', moment(source.credentialsAsOf)]),
          },
        ]
      : [
          {
            name: 'Read from',
            value: plain([code(source.file), `, last written ${minute(source.writtenAt)}, SHA-256 `, code(source.sha256)]),
          },
          { name: 'Keys, passwords, MFA', value: 'not in such a file' },
        ]),
    { name: 'Program', value: `trailguard ${version}` },
    {
      name: 'Configuration',
      value: plain([
        code(hash),
        changed.length === 0 ? ', the defaults' : ', which differs from the defaults in:',
        changed.length === 0 ? '' : list(changed.map(({ setting, value }) => plain([code(setting), ` ${value}`]))),
      ]),
    },
  ];
}
