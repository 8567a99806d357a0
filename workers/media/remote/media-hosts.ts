/** Which hosts films may be fetched from: those that somebody has named, and no others. */
import { FabulaError } from '../../../schema/errors.js';

export interface MediaHost {
  /** In lower case, in Punycode where it is not ASCII. */
  readonly name: string;
  /** Whether all names below it are meant (`*.example.org`), and not itself. */
  readonly isBelow: boolean;
  /** Absent: the scheme's own, 443 or 80. */
  readonly port?: string;
}

/** Reads `FABULA_MEDIA_HOSTS`: `cdn.example.org`, `*.example.org`, `host:8443`, separated by commas. BAD_CONFIG. */
export function parseMediaHosts(setting: string): readonly MediaHost[] {
  return setting
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map((entry) => {
      const [, star, host = ''] = /^(\*\.)?(.+)$/s.exec(entry) ?? [];
      // A port that is some scheme's own is dropped by one of these, not by the other.
      const read = ['http', 'https'].map((scheme) => `${scheme}://${host}`).filter((text) => URL.canParse(text));
      const [url] = read.map((text) => new URL(text));
      const isPlain =
        url && /^[^/?#@\\*]+$/.test(host) && (star === undefined || (url.hostname.includes('.') && !isNumeric(url)));
      if (!isPlain)
        throw new FabulaError(
          'BAD_CONFIG',
          'FABULA_MEDIA_HOSTS must list hosts such as cdn.example.org, *.example.org or cdn.example.org:8443.',
          'Leave schemes and paths out; a lone * is no host.',
        );
      const port = /:(\d+)$/.exec(host)?.[1];
      return {
        name: nameOf(url),
        isBelow: star !== undefined,
        ...(port !== undefined && { port: String(Number(port)) }),
      };
    });
}

/** Whether a film may be asked for there. */
export function isAllowedHost(hosts: readonly MediaHost[], url: URL): boolean {
  const name = nameOf(url);
  const own = url.protocol === 'https:' ? '443' : '80';
  const port = url.port || own;
  return hosts.some(
    (host) => (host.isBelow ? name.endsWith(`.${host.name}`) : name === host.name) && port === (host.port ?? own),
  );
}

/** The root's dot, which names may end in, is left out. */
const nameOf = ({ hostname }: URL) => hostname.replace(/\.$/, '');

const isNumeric = ({ hostname }: URL) => /^\[|^\d+(\.\d+){3}$/.test(hostname);
