import { manyActions } from './hostile-actions.ts';
import { manyDenies } from './hostile-denies.ts';
import { oddForms } from './hostile-forms.ts';
import { longGlobs } from './hostile-globs.ts';
import { manyGrants } from './hostile-grants.ts';
import { manyResources } from './hostile-resources.ts';
import type { HostileDocument } from './hostile-text.ts';

/** Every document made to be slow. */
export const hostileDocuments: readonly HostileDocument[] = [
  ...longGlobs,
  ...manyActions,
  ...manyResources,
  ...manyGrants,
  ...manyDenies,
  ...oddForms,
];
