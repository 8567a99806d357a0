/** Lines of the log as they may be read by anybody on any terminal: no secret in them, and no line inside a line. */

/** What is written in a secret's place. */
const withheld = '…';

/** Secrets that no setting names, by their looks: bearer and basic credentials, JWTs, users in addresses, signatures. */
const looksSecret: readonly (readonly [RegExp, string])[] = [
  [/\b(Bearer|Basic) +[\w.~+/-]{16,}=*/gi, `$1 ${withheld}`],
  [/(?<![\w-])eyJ[\w-]+\.[\w-]+\.[\w-]*/g, withheld],
  [/:\/\/[^\s/@"\\]+@/g, `://${withheld}@`],
  [/([?&]signature=)[^\s&"\\]+/g, `$1${withheld}`],
];

/** What JSON leaves as it is, and terminals or line readers obey: DEL, C1 controls, Unicode's line separators. */
const obeyed = /[\u007f-\u009f\u2028\u2029]/g;

/** Shorter secrets would strike out words. */
const shortestSecret = 4;

/**
 * Cleans a line of JSON: whatever put a secret there (an error that carries its command, an address with a password),
 * it is struck out by its value. The line stays JSON.
 */
export function lineCleaner(secrets: readonly string[]): (line: string) => string {
  const written = secrets
    .filter((secret) => secret.length >= shortestSecret)
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .map((secret) => JSON.stringify(secret).slice(1, -1))
    // The longest first, lest a secret that another begins with leaves the rest of it.
    .toSorted((a, b) => b.length - a.length);
  const named = written.length > 0 ? new RegExp(written.map(literally).join('|'), 'g') : undefined;
  return (line) => {
    let clean = named ? line.replace(named, withheld) : line;
    for (const [looks, instead] of looksSecret) clean = clean.replace(looks, instead);
    return clean.replace(obeyed, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`);
  };
}

const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
