import type { Narrative } from '../../schema/narrative.js';
import { film } from './fixture.js';

/** Two analyses of one film that agree on no node; what each says names the version. */
export function version(name: 'old' | 'new'): Narrative {
  const count = name === 'old' ? 400 : 300;
  const shotMs = name === 'old' ? 30 : 40;
  const each = <Made>(make: (n: number) => Made) => Array.from({ length: count }, (_, n) => make(n));
  return film({
    title: name,
    cuts: [...each((n) => n * shotMs), 12_000],
    shots: each((n) => ({ action: `${name} shot ${n}` })),
    cues: each((n) => ({
      startMs: n * shotMs + 1,
      endMs: n * shotMs + 9,
      text: `the ${name} line ${n}`,
      speakerTag: name,
    })),
    people: [{ name }],
  });
}
