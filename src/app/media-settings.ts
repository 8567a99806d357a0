/** Films that come over the network, fetched or uploaded: from where, how large, and how much of them is kept. */
import { FabulaError } from '../../schema/errors.js';
import { type MediaHost, parseMediaHosts } from '../../workers/media/remote/media-hosts.js';
import type { RemoteLimits } from '../../workers/media/remote/remote-films.js';

export interface MediaSettings extends RemoteLimits {
  /** Hosts that films may be fetched from. */
  readonly hosts: readonly MediaHost[];
}

/** Reads FABULA_MEDIA_HOSTS, FABULA_MEDIA_LIMIT_GB, FABULA_MEDIA_CACHE_GB and FABULA_MEDIA_MINUTES. BAD_CONFIG. */
export function readMediaSettings(value: (name: string) => string | undefined): MediaSettings {
  const number = (name: string, otherwise: number, most: number) => {
    const given = Number(value(name) ?? otherwise);
    if (given > 0 && given <= most) return given;
    throw new FabulaError('BAD_CONFIG', `${name} must be a number above 0, and at most ${most}.`);
  };
  return {
    hosts: parseMediaHosts(value('FABULA_MEDIA_HOSTS') ?? ''),
    mostBytes: number('FABULA_MEDIA_LIMIT_GB', 20, 1e6) * 1e9,
    keptBytes: number('FABULA_MEDIA_CACHE_GB', 50, 1e6) * 1e9,
    longestMs: number('FABULA_MEDIA_MINUTES', 120, 10_000) * 60_000,
  };
}
