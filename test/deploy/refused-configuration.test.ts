import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { copyProject, serverless } from './project.ts';

it('nothing is packaged while the configuration is wrong, and the place is named', async () => {
  const project = await copyProject();
  try {
    await writeFile(join(project.folder, 'trailguard.config.json'), '{\n  "rules": {\n    "admin-acces": { "enabled": false }\n  }\n}\n');
    await expect(serverless(project.folder, 'package')).rejects.toMatchObject({
      stdout: expect.stringContaining('line 2: configuration: /rules names `admin-acces`'),
    });
  } finally {
    await project.remove();
  }
});
