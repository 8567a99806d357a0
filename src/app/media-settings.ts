/** Films that come over the network, fetched or uploaded: from where, how large, and how much of them is kept. */
import { FabulaError } from '../../schema/errors.js';
import { type MediaHost, parseMediaHosts } from '../../workers/media/remote/media-hosts.js';
import type { RemoteLimits } from '../../workers/media/remote/remote-films.js';
import { filmEndings } from '../../workers/media/uploads/film-containers.js';
import type { UploadLimits } from '../../workers/media/uploads/uploads.js';

export interface MediaSettings extends RemoteLimits {
  /** Hosts that films may be fetched from. */
  readonly hosts: readonly MediaHost[];
  /** None are taken where there are to be 0 bytes of them. */
  readonly uploads: UploadLimits;
}

/**
 * Reads FABULA_MEDIA_HOSTS, FABULA_MEDIA_LIMIT_GB, FABULA_MEDIA_CACHE_GB and FABULA_MEDIA_MINUTES, and of uploads
 * FABULA_UPLOADS_GB and FABULA_UPLOAD_TYPES. BAD_CONFIG.
 */
export function readMediaSettings(value: (name: string) => string | undefined): MediaSettings {
  const number = (name: string, otherwise: number, most: number, mayBeNone = false) => {
    const given = Number(value(name) ?? otherwise);
    if ((given > 0 || (mayBeNone && given === 0)) && given <= most) return given;
    const least = mayBeNone ? 'from 0' : 'above 0,';
    throw new FabulaError('BAD_CONFIG', `${name} must be a number ${least} and at most ${most}.`);
  };
  const mostBytes = number('FABULA_MEDIA_LIMIT_GB', 20, 1e6) * 1e9;
  return {
    hosts: parseMediaHosts(value('FABULA_MEDIA_HOSTS') ?? ''),
    mostBytes,
    keptBytes: number('FABULA_MEDIA_CACHE_GB', 50, 1e6) * 1e9,
    longestMs: number('FABULA_MEDIA_MINUTES', 120, 10_000) * 60_000,
    uploads: {
      mostBytes,
      heldBytes: number('FABULA_UPLOADS_GB', 200, 1e6, true) * 1e9,
      types: typesIn(value('FABULA_UPLOAD_TYPES')),
    },
  };
}

function typesIn(setting: string | undefined): readonly string[] {
  if (setting === undefined) return filmEndings;
  const types = setting.split(/[\s,]+/).filter((type) => type !== '');
  if (types.every((type) => filmEndings.includes(type))) return types;
  throw new FabulaError('BAD_CONFIG', `FABULA_UPLOAD_TYPES must list some of ${filmEndings.join(',')}.`);
}
