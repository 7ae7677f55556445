/**
 * Writes the configuration's schema as editors read it, and its table in docs/configuration.md, both from
 * schemas/configuration.ts. `--check` compares instead.
 */
import { readFile } from 'node:fs/promises';
import { configurationSchema, defaultConfiguration } from '../schemas/configuration.ts';
import { writeOrCheck } from './generated-file.ts';

interface Setting {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Setting>>;
  readonly additionalProperties?: boolean | Setting;
  readonly items?: Setting;
  readonly required?: readonly string[];
}

const published = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Configuration of Trailguard',
  ...configurationSchema,
  $id: 'https://unpkg.com/trailguard/schemas/configuration.schema.json',
};
writeOrCheck('schemas/configuration.schema.json', `${JSON.stringify(published, null, 2)}\n`, 'schemas/configuration.ts');

/** One row for each setting, with those within it below; `[]` stands for each of a list, `<id>` for each key. */
function rowsOf(name: string, setting: Setting, preset: unknown, required: boolean): string[] {
  const within = Object.entries(setting.properties ?? {}).flatMap(([key, inner]) =>
    rowsOf(`${name}.${key}`, inner, fieldOf(preset, key), setting.required?.includes(key) ?? false),
  );
  const each = typeof setting.additionalProperties === 'object' ? rowsWithin(`${name}.<id>`, setting.additionalProperties) : [];
  const items = setting.items?.properties ? rowsWithin(`${name}[]`, setting.items) : [];
  const own = within.length > 0 ? [] : [`| \`${name}\` | ${presetOf(preset, required)} | ${meaningOf(setting)} |`];
  return [...own, ...within, ...each, ...items];
}

function rowsWithin(name: string, setting: Setting): string[] {
  return rowsOf(name, setting, undefined, false);
}

function fieldOf(preset: unknown, key: string): unknown {
  return typeof preset === 'object' && preset !== null ? (preset as Record<string, unknown>)[key] : undefined;
}

function presetOf(preset: unknown, required: boolean): string {
  if (preset !== undefined) return `\`${typeof preset === 'string' ? preset : JSON.stringify(preset)}\``;
  return required ? 'required' : '';
}

function meaningOf({ description = '', enum: choices }: Setting): string {
  return choices ? `${choices.map((choice) => `\`${choice}\``).join(', ')}. ${description}` : description;
}

const rows = Object.entries(configurationSchema.properties)
  .filter(([name]) => name !== '$schema')
  .flatMap(([name, setting]) => rowsOf(name, setting, fieldOf(defaultConfiguration, name), false));
const table = ['| setting | default | meaning |', '|---|---|---|', ...rows].join('\n');

const path = 'docs/configuration.md';
const [open, close] = ['<!-- generated: npm run generate -->', '<!-- /generated -->'];
const page = await readFile(path, 'utf8');
writeOrCheck(
  path,
  `${page.slice(0, page.indexOf(open) + open.length)}\n${table}\n${page.slice(page.indexOf(close))}`,
  'schemas/configuration.ts',
);
