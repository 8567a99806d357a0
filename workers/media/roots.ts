/** Media are named by (root name, path inside it); each machine maps root names to folders of its own. */
import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { FabulaError } from '../../schema/errors.js';

/** Root name → absolute folder on this machine, in order of preference. */
export type MediaRoots = ReadonlyMap<string, string>;

export interface MediaLocation {
  /** The root's name. */
  readonly root: string;
  /** Path inside the root, with forward slashes. */
  readonly path: string;
}

/** A located file: how the graph names it, and where it lies here. */
export interface LocatedMedia extends MediaLocation {
  /** Absolute real path on this machine; must not leave it. */
  readonly file: string;
}

/** Reads `FABULA_MEDIA_ROOTS`: `name=folder` or `folder` (named by its last part), separated by `:`. BAD_CONFIG. */
export function parseMediaRoots(setting: string): MediaRoots {
  const roots = new Map<string, string>();
  for (const entry of setting.split(':').filter((part) => part.trim() !== '')) {
    const named = /^([\w.-]+)=(.+)$/s.exec(entry);
    const folder = resolve(named?.[2] ?? entry);
    const name = named?.[1] ?? (basename(folder) || 'root');
    if (roots.has(name) && roots.get(name) !== folder)
      throw new FabulaError(
        'BAD_CONFIG',
        `FABULA_MEDIA_ROOTS names two folders "${name}".`,
        'Give each a name of its own: name=folder.',
      );
    roots.set(name, folder);
  }
  return roots;
}

/**
 * Finds the file that a user asked for, and its one name: the real path inside the root. Without a root, the first
 * that has the file; an absolute path must lie in a root. Nothing outside the roots is looked at, be it by `..` or by
 * a link: MEDIA_OUTSIDE_ROOTS. Otherwise MEDIA_NOT_FOUND, MEDIA_NOT_A_FILE or MEDIA_FORBIDDEN.
 */
export async function locateMedia(
  roots: MediaRoots,
  asked: { readonly root?: string; readonly path: string },
): Promise<LocatedMedia> {
  const candidates = candidatesFor(roots, asked);
  for (const [index, candidate] of candidates.entries()) {
    try {
      return await locateIn(candidate);
    } catch (error) {
      const isLast = index === candidates.length - 1;
      if (isLast || !(error instanceof FabulaError) || error.code !== 'MEDIA_NOT_FOUND') throw error;
    }
  }
  throw outsideRoots(asked.path);
}

interface Candidate extends MediaLocation {
  readonly folder: string;
}

function candidatesFor(roots: MediaRoots, asked: { readonly root?: string; readonly path: string }): Candidate[] {
  if (asked.path === '' || asked.path.includes('\0'))
    throw new FabulaError('INVALID_INPUT', 'A media path must be a non-empty file name.');
  if (asked.path.split('/').includes('..')) throw outsideRoots(asked.path);
  if (asked.root !== undefined && !roots.has(asked.root))
    throw new FabulaError(
      'MEDIA_OUTSIDE_ROOTS',
      `There is no media root named "${asked.root}" here.`,
      `Known roots: ${[...roots.keys()].join(', ') || 'none; set FABULA_MEDIA_ROOTS'}.`,
    );
  return [...roots]
    .filter(([root]) => asked.root === undefined || asked.root === root)
    .flatMap(([root, folder]) => {
      if (!isAbsolute(asked.path)) return [{ root, folder, path: asked.path }];
      const path = relative(folder, asked.path);
      return isInside(path) ? [{ root, folder, path }] : [];
    });
}

async function locateIn({ root, folder, path }: Candidate): Promise<LocatedMedia> {
  try {
    const realFolder = await realpath(folder);
    const file = await realpath(join(folder, path));
    const realPath = relative(realFolder, file);
    if (!isInside(realPath)) throw outsideRoots(path);
    if (!(await stat(file)).isFile()) throw new FabulaError('MEDIA_NOT_A_FILE', `${path} is not a file.`);
    await access(file, constants.R_OK);
    return { root, path: realPath.replaceAll(sep, '/'), file };
  } catch (error) {
    throw error instanceof FabulaError ? error : fileError(error as NodeJS.ErrnoException, path, root);
  }
}

const isInside = (path: string) => path !== '' && path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);

const outsideRoots = (path: string) =>
  new FabulaError(
    'MEDIA_OUTSIDE_ROOTS',
    `${path} lies outside the media roots.`,
    'Give a path inside a root, or add its folder to FABULA_MEDIA_ROOTS.',
  );

function fileError(error: NodeJS.ErrnoException, path: string, root: string): unknown {
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'ELOOP':
    case 'ENAMETOOLONG':
      return new FabulaError('MEDIA_NOT_FOUND', `There is no ${path} in the media root "${root}".`);
    case 'EACCES':
    case 'EPERM':
      return new FabulaError('MEDIA_FORBIDDEN', `${path} may not be read by this user.`, 'Change its permissions.');
    default:
      return error;
  }
}
