import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from './bundle.ts';
import { median } from './cpu-time.ts';
import type { Result } from './result.ts';

const runs = 20;
const limit = 15;

const script = `
const before = process.cpuUsage();
const taken = () => { const { user, system } = process.cpuUsage(before); return (user + system) / 1000; };
const { serviceOf, allServices } = await import('./catalog.js');
serviceOf('iam');
const first = taken();
const services = allServices();
const all = taken();
for (const { arns, lowerNames } of services) if (arns.length * lowerNames.length === 0) throw new Error('a service without actions or resources');
console.log(JSON.stringify([first, all, taken()]));
`;

/** CPU time of loading the catalog in a new process, from the bundle's import on: to the first service, to all of them, and to all that is known of all of them. */
export async function measureCatalog(): Promise<Result[]> {
  const folder = mkdtempSync(join(tmpdir(), 'trailguard-bench-'));
  try {
    await bundle('../policy/catalog/action-catalog.ts', join(folder, 'catalog.js'));
    writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(folder, 'load.js'), script);
    const times = Array.from({ length: runs }, () => load(join(folder, 'load.js')));
    return [
      { name: 'the catalog on a cold start, to its first service', value: median(times.map(([first]) => first)), unit: 'ms', limit },
      { name: 'the catalog on a cold start, to all services', value: median(times.map(([, all]) => all)), unit: 'ms', limit },
      {
        name: 'the catalog on a cold start, every action and ARN form read',
        value: median(times.map(([, , read]) => read)),
        unit: 'ms',
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function load(script: string): [number, number, number] {
  return JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' })) as [number, number, number];
}
