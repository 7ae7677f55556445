/** Writes docs/licences.md: the licences of all dependencies. `--check` compares instead. */
import { readFileSync } from 'node:fs';
import { writeOrCheck } from './generated-file.ts';
import { lockedPackages } from './licences.ts';
import { licencesPage } from './licences-page.ts';

const lock = JSON.parse(readFileSync(new URL('../package-lock.json', import.meta.url), 'utf8'));
writeOrCheck('docs/licences.md', licencesPage(lockedPackages(lock)), 'the lock file and scripts/licences.ts');
