/** Films that are sent to a server, and what it has of them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Reply } from './http.fixture.js';

/** A file that ffmpeg makes of these arguments. */
export function madeByFfmpeg(name: string, ...args: readonly string[]): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'fabula-upload-film-'));
  try {
    execFileSync('ffmpeg', ['-v', 'error', '-nostdin', ...args, join(folder, name)]);
    return readFileSync(join(folder, name));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=64x48:r=5:d=1', '-c:v', 'libx264', '-preset', 'ultrafast'];

/** One second, 64 by 48. */
export const smallFilm = (name = 'film.mp4'): Buffer => madeByFfmpeg(name, ...picture);

export interface SendOptions {
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly path?: string;
  readonly method?: string;
}

/** Sends a film whole (with its length) or as it comes (in chunks), and gives the answer, even to half of it. */
export function sendFilm(
  base: string,
  film: Buffer | AsyncIterable<Buffer>,
  { token, headers = {}, path = '/upload', method = 'POST' }: SendOptions = {},
): Promise<Reply> {
  const { hostname, port } = new URL(base);
  const all = {
    'content-type': 'video/mp4',
    ...(Buffer.isBuffer(film) && { 'content-length': String(film.length) }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, method, headers: all, agent: false }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text) => {
        body += text;
      });
      response.on('end', () => {
        const code = /"code":"(\w+)"/.exec(body)?.[1];
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body, ...(code && { code }) });
        sent.destroy();
      });
    });
    sent.on('error', reject);
    const chunks = Buffer.isBuffer(film) ? Readable.from([film], { objectMode: false }) : film;
    // Who is answered while they send stop; what matters is the answer.
    pipeline(chunks, sent).catch(() => {});
  });
}

/** Names of all that lies under a home's uploads, whole or not. */
export async function uploadedTo(home: string): Promise<{ readonly films: string[]; readonly parts: string[] }> {
  const names = (folder: string) => readdir(join(home, 'uploads', folder)).catch(() => []);
  return { films: await names('films'), parts: await names('parts') };
}
