import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A widget of a dashboard, as far as the tests look at it. */
export interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title?: string;
    readonly metrics?: readonly Row[];
    readonly annotations?: { readonly horizontal: readonly { readonly value: number }[] };
  };
}

/** A metric, its dimensions and how it is shown; or an expression. */
export type Row = readonly (string | { readonly expression?: string; readonly stat?: string })[];

/** An alarm of the stack. */
export interface Alarm {
  readonly AlarmName: string;
  readonly AlarmDescription: string;
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
  readonly Threshold: number;
}

interface Resource {
  readonly Type: string;
  readonly Properties: Alarm & { readonly DashboardBody: readonly [string, Readonly<Record<string, readonly [string, string, string]>>] };
}

const stage = 'trailguard-dev';

/** The resources of a file of stack/, for the stage dev. */
export const readStack = (file: string): Record<string, Resource> => {
  const text = readFileSync(new URL(`../../stack/${file}`, import.meta.url), 'utf8').replaceAll(`\${self:custom.name}`, stage);
  // Without a word about CloudFormation's short forms, which it does not know: what they hold is all that is read.
  return parse(text, { merge: true, logLevel: 'error' }).Resources ?? {};
};

/** The alarms of all of stack/, by their names after the stack's. */
export const readAlarms = (files: readonly string[]): Map<string, Alarm> => {
  const all = files.flatMap((file) => Object.values(readStack(file))).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
  return new Map(all.map(({ Properties }) => [Properties.AlarmName.slice(stage.length + 1), Properties]));
};

/** The dashboard's widgets where the channels named are on; what CloudFormation fills in stands in angle brackets. */
export const widgetsWith = (channels: readonly string[]): Widget[] => {
  const [body, rows] = readStack('dashboard.yml').Dashboard?.Properties.DashboardBody ?? ['{}', {}];
  const fill = (text: string): string => text.replace(/\$\{([\w.:]+)\}/g, (_, name: string) => rowOf(name) ?? `<${name}>`);
  const rowOf = (name: string): string | undefined => {
    const row = rows[name];
    return row && fill(channels.includes(row[0]) ? row[1] : row[2]);
  };
  return JSON.parse(fill(body)).widgets;
};
