import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../../', import.meta.url));

/** What was installed, and drawn. */
const shared = ['node_modules', '.cache'];
const left = new Set(['dist', '.git', ...shared]);

/** Copies the project, for what builds it: others may be running what is built here, and would find half of a file. */
export function copyProject(folder: string): string {
  const copy = join(folder, 'copy');
  cpSync(project, copy, {
    recursive: true,
    filter: (path) => !left.has(path.slice(project.length).split('/')[0] ?? ''),
  });
  mkdirSync(join(project, '.cache'), { recursive: true });
  for (const name of shared) symlinkSync(join(project, name), join(copy, name));
  return copy;
}
