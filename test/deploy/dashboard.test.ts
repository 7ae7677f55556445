import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { metricNames, metricNamespace } from '../../handlers/metric-names.ts';
import { type Alarm, readAlarms, readStack, type Widget, widgetsWith } from './dashboard.ts';

const channels = ['MailChannel', 'ChatChannel', 'SlackChannel', 'AuthorChannel', 'SecurityHubChannel', 'DigestChannel'];
const files = readdirSync(new URL('../../stack', import.meta.url)).filter((file) => file.endsWith('.yml'));
const ownNames: readonly string[] = Object.values(metricNames);

/** Of a row: namespace, metric, dimensions by name, and the statistic. */
interface Shown {
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: readonly string[];
  readonly values: readonly string[];
  readonly stat: string;
}

const search = /^SEARCH\('\{([\w/]+),([\w,]+)\} (.+)', '(\w+)', \d+\)$/;

const shownIn = ({ properties }: Widget): Shown[] =>
  (properties.metrics ?? []).map((row) => {
    const options = row.at(-1);
    const { expression, stat = '' } = typeof options === 'object' ? options : {};
    if (expression === undefined) {
      const [namespace = '', metric = '', ...rest] = row.filter((part) => typeof part === 'string');
      return {
        namespace,
        metric,
        dimensions: rest.filter((_, at) => at % 2 === 0),
        values: rest.filter((_, at) => at % 2 === 1),
        stat,
      };
    }
    const [, namespace = '', names = '', terms = '', statistic = ''] = search.exec(expression) ?? [];
    const exact = new Map([...terms.matchAll(/(\w+)="([^"]+)"/g)].map(([, key = '', value = '']) => [key, value]));
    const metric = exact.get('MetricName') ?? '';
    exact.delete('MetricName');
    return { namespace, metric, dimensions: names.split(','), values: [...exact.values()], stat: statistic };
  });

describe.each([
  ['every channel', channels],
  ['no channel', []],
])('the dashboard with %s', (_, on) => {
  const widgets = widgetsWith(on);
  const shown = widgets.flatMap(shownIn);
  const shows = (metric: string, dimensions: readonly string[]) =>
    shown.filter((row) => row.metric === metric && row.dimensions.join() === dimensions.join()).map(({ stat }) => stat);

  it('names no metric of the guard that the guard does not know, and every one that it knows', () => {
    const own = shown.filter(({ namespace }) => namespace === metricNamespace);
    for (const { metric, dimensions, values } of own) {
      expect(ownNames).toContain(metric);
      expect(dimensions[0]).toBe('service');
      expect(values[0]).toBe('trailguard-dev');
    }
    expect(new Set(own.map(({ metric }) => metric))).toEqual(new Set(ownNames));
  });

  it('shows verdicts and findings by kinds that nobody listed', () => {
    expect(shows('Verdicts', ['service', 'outcome', 'severity'])).toEqual(['Sum']);
    expect(shows('Findings', ['service', 'rule'])).toEqual(['Sum']);
    expect(shows('IamCalls', ['service', 'operation'])).toEqual(['Sum']);
    expect(shows('SecondsToAlert', ['service', 'channel'])).toEqual(['p99']);
  });

  it('shows the middle and the worst of the times, and where the alarm begins', () => {
    for (const metric of ['SecondsToVerdict', 'SecondsToAlert']) expect(shows(metric, ['service'])).toEqual(['p50', 'p99']);
    const [alert] = widgets.filter(({ properties }) => properties.title === 'Seconds from event to alert');
    expect(alert?.properties.annotations?.horizontal).toMatchObject([
      { value: readStack('dashboard.yml').SecondsToAlertAlarm?.Properties.Threshold },
    ]);
  });

  it('shows the errors, throttles and durations of every function', () => {
    const serverless = parse(readFileSync(new URL('../../serverless.yml', import.meta.url), 'utf8'), { logLevel: 'error' });
    const functions = Object.values<{ name: string }>(serverless.functions).map(({ name }) => name.replace(/^\$\{.+\}/, 'trailguard-dev'));
    for (const metric of ['Errors', 'Throttles', 'Duration']) {
      const rows = shown.filter((row) => row.namespace === 'AWS/Lambda' && row.metric === metric);
      expect(rows.map(({ values: [name] }) => name).toSorted()).toEqual(functions.toSorted());
    }
  });

  it('shows every queue that is there', () => {
    const there = files.flatMap((file) => Object.entries(readStack(file)) as [string, { Type: string; Condition?: string }][]);
    const queues = there.filter(
      ([, { Type, Condition }]) => Type === 'AWS::SQS::Queue' && (Condition === undefined || on.includes(Condition)),
    );
    const rows = shown.filter(({ namespace }) => namespace === 'AWS/SQS');
    expect(rows.map(({ values: [name] }) => name).toSorted()).toEqual(queues.map(([name]) => `<${name}.QueueName>`).toSorted());
  });

  it('has widgets that can be read, side by side in rows of 24, none over another', () => {
    const taken = new Set<string>();
    for (const { type, x, y, width, height, properties } of widgets) {
      expect(x + width).toBeLessThanOrEqual(24);
      if (type === 'metric') {
        expect(properties.title).toMatch(/^\S.{5,60}$/);
        expect(Math.min(width / 8, height / 6)).toBeGreaterThanOrEqual(1);
      }
      for (let column = x; column < x + width; column++)
        for (let row = y; row < y + height; row++) {
          expect(taken, `${properties.title} at ${column}, ${row}`).not.toContain(`${column},${row}`);
          taken.add(`${column},${row}`);
        }
    }
  });
});

describe('the alarms', () => {
  const alarms = readAlarms(files);

  it('tell of alerts not written down, of throttles of IAM and of late alerts, of this stack alone', () => {
    const own = [...alarms].filter(([, { Namespace }]) => Namespace === metricNamespace);
    expect(own.map(([name, { MetricName }]) => [name, MetricName])).toEqual([
      ['alerts-unrecorded', metricNames.alertsUnrecorded],
      ['iam-throttles', metricNames.iamThrottles],
      ['seconds-to-alert', metricNames.secondsToAlert],
    ]);
    for (const [, { Dimensions }] of own) expect(Dimensions).toEqual([{ Name: 'service', Value: 'trailguard-dev' }]);
    expect(alarms.get('seconds-to-alert')).toMatchObject({ Threshold: 60, ExtendedStatistic: 'p99' });
  });
});

describe('docs/operations.md', () => {
  const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const firstCells = (heading: string): string[] => {
    const [, section = ''] = page.split(`\n## ${heading}\n`);
    const rows = section.split('\n## ')[0]?.matchAll(/^\| (`.+?) \|/gm) ?? [];
    return [...rows].flatMap(([, cell = '']) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));
  };

  it('says of every alarm what it means, and of none that is not there', () => {
    const functions = (name: string) =>
      name.replace(/^.+-(errors|throttles)$/, (whole, what) => (alarmOfFunction(whole) ? `…-${what}` : whole));
    const channel = (name: string) => name.replace(/^.+-channel-undelivered$/, '…-channel-undelivered');
    const alarms = readAlarms(files);
    const alarmOfFunction = (name: string): boolean => (alarms.get(name) as Alarm).Namespace === 'AWS/Lambda';
    const named = new Set([...alarms.keys()].map((name) => channel(functions(name))));
    expect(firstCells('Alarms').toSorted()).toEqual([...named].toSorted());
  });

  it('says of every metric what it counts, and of none that is not there', () => {
    expect(firstCells('Metrics').toSorted()).toEqual(ownNames.toSorted());
  });
});
