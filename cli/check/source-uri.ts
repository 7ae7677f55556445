import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A source as a path from the working directory, with slashes; undefined where it does not stand below it. */
export function pathBelow(source: string): string | undefined {
  if (source === '-') return 'stdin';
  const path = relative('.', source);
  return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path) ? undefined : path.split(sep).join('/');
}

/** A source as a percent-encoded URI: relative where it can be, as reports are read on other machines. */
export function uriOf(source: string): { readonly uri: string; readonly isRelative: boolean } {
  const path = pathBelow(source);
  if (path === undefined) return { uri: pathToFileURL(resolve(source)).href, isRelative: false };
  return { uri: path.split('/').map(encodeURIComponent).join('/'), isRelative: true };
}
