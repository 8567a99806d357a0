/** Kinds of film files that may be uploaded, as ffprobe tells them by their content. */

/** What ffprobe calls a container → the ending that such files get here. */
const endings: ReadonlyMap<string, string> = new Map([
  ['mov,mp4,m4a,3gp,3g2,mj2', 'mp4'],
  ['matroska,webm', 'mkv'],
  ['avi', 'avi'],
  ['mpegts', 'ts'],
  ['mpeg', 'mpg'],
  ['mxf', 'mxf'],
  ['flv', 'flv'],
  ['asf', 'wmv'],
  ['ogg', 'ogv'],
]);

/** All endings: `mp4` is QuickTime too, `mkv` WebM too. */
export const filmEndings: readonly string[] = [...endings.values()];

/** Undefined for what is no container of films: bare streams, pictures, sound. */
export const endingOf = (container: string): string | undefined => endings.get(container);
