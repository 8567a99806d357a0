/** Films that say that part of them lies in another file, made from plain ones. */

const box = (type: string, ...parts: readonly Buffer[]) => {
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.writeUInt32BE(8 + body.length);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, body]);
};

const int16 = (...values: readonly number[]) =>
  Buffer.concat(
    values.map((value) => {
      const bytes = Buffer.alloc(2);
      bytes.writeInt16BE(value);
      return bytes;
    }),
  );

/** A Macintosh alias record that holds an absolute path and no volume: what QuickTime's `alis` references hold. */
function alias(path: string): Buffer {
  const name = Buffer.from(path.length % 2 === 0 ? path : `${path}\0`);
  const [head, volume, file, between] = [
    Buffer.alloc(10),
    Buffer.alloc(28 + 12),
    Buffer.alloc(64 + 16),
    Buffer.alloc(16),
  ];
  return Buffer.concat([head, volume, file, int16(0, 0), between, int16(2, name.length), name, int16(-1, 0)]);
}

/** The QuickTime file of one picture, which is to be read from the start of another file. */
export function withExternalData(film: Buffer, path: string): Buffer {
  const none = Buffer.alloc(4);
  const one = Buffer.from([0, 0, 0, 1]);
  const parts: Buffer[] = [];
  for (let at = 0; at + 8 <= film.length; ) {
    const length = film.readUInt32BE(at);
    const type = film.toString('latin1', at + 4, at + 8);
    const body = film.subarray(at + 8, at + length);
    if (/moov|trak|mdia|minf|dinf|stbl/.test(type)) parts.push(box(type, withExternalData(body, path)));
    else if (type === 'dref') parts.push(box(type, none, one, box('alis', none, alias(path))));
    else if (type === 'stco') parts.push(box(type, none, one, none));
    else parts.push(box(type, body));
    at += length;
  }
  return Buffer.concat(parts);
}

/** The AVI file of two raw streams, the second of which becomes subtitles in AVI's own wrapping (GAB2). */
export function withPlaylistAsSubtitles(film: Buffer, playlist: string): Buffer {
  const avi = Buffer.from(film);
  avi.write('txts', avi.lastIndexOf('vids'), 'latin1');
  const text = Buffer.from(playlist);
  for (const kind of ['01db', '01dc'])
    for (let at = avi.indexOf(kind, 0, 'latin1'); at >= 0; at = avi.indexOf(kind, at + 4, 'latin1')) {
      avi.write('01tx', at, 'latin1');
      const length = avi.readUInt32LE(at + 4);
      // The index at the end names the same chunks, and has no room for text.
      if (at + 8 + length > avi.length || length < text.length + 17) continue;
      const wrapped = Buffer.alloc(length, '\n');
      wrapped.write('GAB2\0', 'latin1');
      wrapped.writeUInt16LE(2, 5);
      wrapped.writeUInt32LE(0, 7);
      wrapped.writeUInt16LE(4, 11);
      wrapped.writeUInt32LE(length - 17, 13);
      text.copy(wrapped, 17);
      wrapped.copy(avi, at + 8);
    }
  return avi;
}
