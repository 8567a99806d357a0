/** `POST /upload`: a film as the request's body, under limits, from those who may analyse it. */
import type { IncomingMessage } from 'node:http';
import { type RequestHandler, Router } from 'express';
import { FabulaError } from '../../schema/errors.js';
import type { Uploads } from '../../workers/media/uploads/uploads.js';
import { isFromHere } from './cors.js';
import { callerOf } from './gate.js';
import { pathOf } from './request-address.js';
import { bodyOf } from './request-body.js';
import { signalOf } from './request-signal.js';

export interface UploadTimes {
  /** Of one upload, in milliseconds. */
  readonly longestMs: number;
  /** Between two chunks. */
  readonly silentMs: number;
}

export const defaultUploadTimes: UploadTimes = { longestMs: 2 * 3_600_000, silentMs: 30_000 };

/** Films that come in at once: each takes a file, and a client may be slow for hours. */
const mostAtOnce = { all: 16, each: 4 } as const;

export const uploadPath = '/upload';

export const isUpload = (request: IncomingMessage): boolean => /^\/upload\/?$/i.test(pathOf(request));

export interface UploadRoutesOptions {
  readonly uploads: Uploads;
  /** Who may send films. */
  readonly gate: readonly RequestHandler[];
  readonly isAllowedOrigin: (origin: string) => boolean;
  readonly times: UploadTimes;
}

export function uploadRoutes({ uploads, gate, isAllowedOrigin, times }: UploadRoutesOptions): Router {
  const router = Router();
  const atOnce = new Map<string, number>();

  router.post('/', ...gate, async (request, response) => {
    if (uploads.limits.heldBytes === 0) throw new FabulaError('NOT_FOUND', 'This Fabula takes no films.');
    if (!isFromHere(request) && !isAllowedOrigin(request.headers.origin ?? ''))
      throw new FabulaError(
        'FORBIDDEN',
        'Pages of other sites may not send films.',
        'FABULA_CORS lists those that may.',
      );
    checkHeaders(request);
    const title = titleOf(request.query.filename);
    const { subject } = callerOf(response);
    const own = atOnce.get(subject) ?? 0;
    const all = [...atOnce.values()].reduce((sum, count) => sum + count, 0);
    if (own >= mostAtOnce.each || all >= mostAtOnce.all)
      throw new FabulaError('RATE_LIMITED', 'Too many films come in at once.', 'Send them one after the other.');
    atOnce.set(subject, own + 1);
    try {
      const signal = signalOf(response, times.longestMs);
      const body = bodyOf(request, { signal, silentMs: times.silentMs });
      const { known, ...film } = await uploads.take(body, { signal, declaredBytes: declaredBytes(request) });
      response.status(known ? 200 : 201).json({ ...film, ...(title !== undefined && { title }) });
    } finally {
      const left = (atOnce.get(subject) ?? 1) - 1;
      if (left > 0) atOnce.set(subject, left);
      else atOnce.delete(subject);
    }
  });
  return router;
}

/**
 * Types that a form cannot send: a page elsewhere would have to ask first (CORS), and is told no. What the body is
 * called counts for nothing else. MEDIA_TYPE_REFUSED.
 */
function checkHeaders({ headers }: IncomingMessage): void {
  const type = headers['content-type']?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!/^(video\/[\w.+-]+|application\/(octet-stream|mxf|ogg))$/.test(type))
    throw new FabulaError(
      'MEDIA_TYPE_REFUSED',
      'A film is sent as the request’s body, with a content type such as video/mp4.',
      'For example: curl -X POST -T film.mp4 -H "Content-Type: video/mp4" "http://HOST/upload?filename=film.mp4"',
    );
  const coding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (coding !== 'identity' || /[^,\s]/.test((headers['transfer-encoding'] ?? '').toLowerCase().replace(/chunked/, '')))
    throw new FabulaError('MEDIA_TYPE_REFUSED', 'Films are taken as they are, not compressed.');
}

const declaredBytes = ({ headers }: IncomingMessage): number | undefined =>
  headers['content-length'] === undefined ? undefined : Number(headers['content-length']);

/** In characters. */
const longestTitle = 200;

/** What a user calls the file, to be shown: without folders and ending, and nothing that screens obey. */
function titleOf(filename: unknown): string | undefined {
  if (typeof filename !== 'string') return undefined;
  const name = filename.split(/[/\\]/).at(-1) ?? '';
  const shown = name
    .replace(/(?<=.)\.\w{1,5}$/, '')
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .replaceAll(/[_\s]+/g, ' ');
  return [...shown.trim()].slice(0, longestTitle).join('') || undefined;
}
