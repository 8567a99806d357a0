/**
 * Random valid Narratives that hold every noun. A plan says what the film is like (shots, scenes, people, what is
 * said); `buildNarrative` makes the nodes, filling all fields from the nouns' own shape, so that a new field is tested
 * from the day it exists. Moving a plan's boundaries gives the same film as another analysis would see it.
 */
import fc from 'fast-check';
import type { NodeKind } from '../schema/enums.js';
import type { Episode } from '../schema/episode.js';
import { emptyNarrative, type Narrative, narrativeLists, nodeId } from '../schema/narrative.js';
import { shape } from '../schema/shape.generated.js';
import type { FieldShape } from '../schema/shape.js';
import { analysePresence } from '../src/narrative/presence/presence.js';

export interface NarrativePlan {
  readonly episodeId: string;
  readonly title: string;
  /** In milliseconds; the film lasts as long as all together. */
  readonly shotLengths: readonly number[];
  /** Whether a new scene begins with shot n. */
  readonly sceneBreaks: readonly boolean[];
  readonly names: readonly (string | undefined)[];
  /** What is said, and when: at this share of the film, for so long. */
  readonly lines: readonly { readonly at: number; readonly lengthMs: number; readonly text: string }[];
  /** Decides everything else, number by number. */
  readonly choices: readonly number[];
}

const words = [
  'dragon',
  'café',
  'night',
  '富贵',
  '都是你的',
  'Where',
  'don’t',
  'さくら',
  '서울',
  'snow',
  '–',
  '"',
  '*',
];
const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 6 }).map((drawn) => drawn.join(' '));

export const narrativePlans: fc.Arbitrary<NarrativePlan> = fc.record({
  episodeId: fc.uuid().map((id) => `episode:${id}`),
  title: text,
  shotLengths: fc.array(fc.integer({ min: 40, max: 9_000 }), { minLength: 1, maxLength: 12 }),
  sceneBreaks: fc.array(fc.boolean(), { maxLength: 12 }),
  names: fc.array(fc.constantFrom('Mara', 'MARA', 'Theo', '老王', undefined), { maxLength: 4 }),
  lines: fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 0.99, noNaN: true }),
      lengthMs: fc.integer({ min: 1, max: 5_000 }),
      text,
    }),
    {
      maxLength: 10,
    },
  ),
  choices: fc.array(fc.nat(9_999), { minLength: 1, maxLength: 60 }),
});

/** Plans of short films, for what takes long with each shot and line: at most so many of them, and so many people. */
export const shortPlans = (shots: number, lines = shots, people = 4): fc.Arbitrary<NarrativePlan> =>
  narrativePlans.map((plan) => ({
    ...plan,
    shotLengths: plan.shotLengths.slice(0, shots),
    lines: plan.lines.slice(0, lines),
    names: plan.names.slice(0, people),
  }));

/** Any valid Narrative, of a lone episode with an id of its own. */
export const narratives: fc.Arbitrary<Narrative> = narrativePlans.map((plan) => buildNarrative(plan));

/** The same film with every boundary moved a little, some lines missed, and everything undecided decided anew. */
export const movedBoundaries = (plan: NarrativePlan): fc.Arbitrary<NarrativePlan> =>
  fc
    .record({
      shifts: fc.array(fc.integer({ min: -30, max: 400 }), { minLength: 1, maxLength: 12 }),
      missed: fc.array(fc.boolean(), { maxLength: 10 }),
      choices: fc.array(fc.nat(9_999), { minLength: 1, maxLength: 60 }),
    })
    .map(({ shifts, missed, choices }) => ({
      ...plan,
      choices,
      shotLengths: plan.shotLengths.map((length, n) => length + (shifts[n % shifts.length] ?? 0)),
      lines: plan.lines.filter((_, n) => !missed[n]),
    }));

export function buildNarrative(plan: NarrativePlan, seriesId?: string): Narrative {
  const film = new FilmBuilder(plan);
  const { durationMs } = film;
  const episode = film.episode(plan.title, seriesId);
  const shotCount = plan.shotLengths.length;
  const shotStarts = plan.shotLengths.map((_, n) => plan.shotLengths.slice(0, n).reduce((a, b) => a + b, 0));
  const shotTimes = shotStarts.map((startMs, n) => ({ startMs, endMs: startMs + (plan.shotLengths[n] ?? 0) }));
  const sceneFirst = shotTimes.map((_, n) => n).filter((n) => n === 0 || plan.sceneBreaks[n]);

  const scenes = sceneFirst.map((first, n) =>
    film.node('Scene', {
      ordinal: n + 1,
      startMs: shotStarts[first],
      endMs: shotStarts[sceneFirst[n + 1] ?? shotCount] ?? durationMs,
    }),
  );
  const persons = plan.names.map((name) => film.node('Person', { name }));
  const shots = shotTimes.map((time, n) => {
    const sceneId = scenes.findLast(({ startMs }) => (startMs as number) <= time.startMs)?.id;
    return film.node('Shot', { ...time, ordinal: n + 1, sceneId });
  });
  const inShots = (kind: NodeKind, fields: (time: { startMs: number; endMs: number }) => object) =>
    shotTimes.flatMap((time, n) => (film.flip() ? [film.node(kind, { shotId: shots[n]?.id, ...fields(time) })] : []));
  const keyframes = inShots('Keyframe', ({ startMs, endMs }) => ({ atMs: film.between(startMs, endMs) }));
  const appearances =
    persons.length === 0
      ? []
      : inShots('Appearance', (time) => ({ ...time, atMs: film.between(time.startMs, time.endMs) }));
  const objects = inShots('StoryObject', () => ({}));
  const speech = film.some(() => film.node('SpeechInterval', film.interval()));
  const cues = plan.lines.map(({ at, lengthMs, text: said }) => {
    const startMs = Math.min(Math.floor(at * durationMs), durationMs - 1);
    return film.node('Cue', { startMs, endMs: Math.min(startMs + lengthMs, durationMs), text: said });
  });
  const spoken = cues.map((cue) => ({
    ...{ startMs: cue.startMs, endMs: cue.endMs, dialogue: cue.text, type: 'LINE' },
    provenance: { ...film.provenance(), evidence: [{ nodeId: cue.id }] },
  }));
  const unspoken = film.some(() => ({ ...film.interval(), type: 'SILENCE', dialogue: undefined }));
  const events = [...spoken, ...unspoken]
    .toSorted((a, b) => (a.startMs as number) - (b.startMs as number))
    .map((fields, n) => film.node('Event', { ...fields, ordinal: n + 1 }));
  const ifAny = (of: readonly unknown[], make: () => PlainNode) => (of.length > 0 ? film.some(make) : []);
  const narrative = {
    ...emptyNarrative(episode),
    scenes,
    persons,
    shots,
    keyframes,
    appearances,
    objects,
    speech,
    cues,
    events,
    signals: film.some(() => film.node('SignalTrack', { stepMs: 1_000 })),
    embeddings: ifAny(appearances, () => film.node('IdentityEmbedding', {})),
    emotions: film.some(() => film.node('EmotionSample', { atMs: film.between(0, durationMs) })),
    relationships: ifAny(persons, () => film.node('Relationship', film.interval())),
    turns: ifAny(persons, () => film.node('RelationshipTurn', { atMs: film.between(0, durationMs) })),
    causalLinks: ifAny(events, () => film.node('CausalLink', {})),
    highlights: film.some(() => film.node('Highlight', film.interval())),
    layoutIssues: film.some(() => film.node('LayoutIssue', { atMs: film.between(0, durationMs) })),
    counterfactuals: ifAny(events, () => film.node('Counterfactual', {})),
  };
  // As it would come back from a file, without fields that are undefined; analysed, so that what is loaded comes back.
  return analysePresence(JSON.parse(JSON.stringify(narrative)) as Narrative);
}

type PlainNode = Record<string, unknown> & { id: string };

class FilmBuilder {
  readonly durationMs: number;
  readonly #plan: NarrativePlan;
  readonly #ids = new Map<string, string[]>();
  #drawn = 0;

  constructor(plan: NarrativePlan) {
    this.#plan = plan;
    this.durationMs = plan.shotLengths.reduce((sum, length) => sum + length, 0);
  }

  /** The next choice, 0 … below. */
  draw(below: number): number {
    const { choices } = this.#plan;
    const n = this.#drawn++;
    return ((choices[n % choices.length] ?? 0) + Math.floor(n / choices.length)) % below;
  }

  flip = () => this.draw(2) === 1;
  some = <Thing>(make: () => Thing): Thing[] => Array.from({ length: this.draw(4) }, make);
  between = (from: number, to: number) => from + this.draw(to - from);
  interval = () => {
    const startMs = this.between(0, this.durationMs);
    return { startMs, endMs: startMs + 1 + this.draw(this.durationMs - startMs) };
  };

  episode(title: string, seriesId?: string): Episode {
    const { episodeId } = this.#plan;
    const sha256 = Buffer.from(`${episodeId}${seriesId}`).toString('hex').padEnd(64, '0');
    return this.#fill('Episode', {
      id: episodeId,
      kind: 'Episode',
      episodeId,
      title,
      seriesId,
      ordinal: 1,
      source: 'FILM',
      durationMs: this.durationMs,
      media: { root: 'films', path: `${title}.mp4`, sha256 },
      provenance: this.provenance(),
    }) as unknown as Episode;
  }

  node(kind: NodeKind, fields: object): PlainNode {
    const { startMs, atMs } = fields as { startMs?: number; atMs?: number };
    const id = this.#newId(kind, startMs ?? atMs ?? 0);
    const provenance = this.provenance();
    return this.#fill(kind, { id, kind, episodeId: this.#plan.episodeId, provenance, ...fields }) as PlainNode;
  }

  provenance() {
    const others = [...this.#ids.values()].flat();
    const range = this.interval();
    return {
      by: 'test',
      version: '1',
      confidence: this.draw(101) / 100,
      otherReadings: [],
      evidence: this.flip()
        ? [{ ...range, ...(others.length > 0 && { nodeId: others[this.draw(others.length)] }) }]
        : [],
    };
  }

  #newId(kind: NodeKind, startMs: number): string {
    const taken = this.#ids.get(kind) ?? [];
    this.#ids.set(kind, taken);
    for (let twin = 1; ; twin++) {
      const id = nodeId(this.#plan.episodeId, kind.toLowerCase(), startMs, twin);
      if (taken.includes(id)) continue;
      taken.push(id);
      return id;
    }
  }

  #fill(type: string, given: Readonly<Record<string, unknown>>): Record<string, unknown> {
    const filled: Record<string, unknown> = {};
    for (const [name, field] of Object.entries(shape[type] ?? {})) {
      if (name in given) filled[name] = given[name];
      else if (!field.optional || this.draw(3) > 0) filled[name] = field.list ? this.#list(field) : this.#value(field);
    }
    return filled;
  }

  #list(field: FieldShape): unknown[] {
    const values = this.some(() => this.#value(field)).filter((value) => value !== undefined);
    return field.ref ? [...new Set(values)] : values;
  }

  #value(field: FieldShape): unknown {
    if (field.words) return field.words[this.draw(field.words.length)];
    if (field.ref) {
      const ids = this.#ids.get(field.ref) ?? [];
      return ids[this.draw(Math.max(1, ids.length))];
    }
    const [low, high] = field.range ?? [0, 100];
    switch (field.type) {
      case 'String':
      case 'ID':
        return `${words[this.draw(words.length)]} ${this.draw(1_000)}`;
      case 'Boolean':
        return this.flip();
      case 'Int':
        return Math.round(low + (this.draw(1_001) / 1_000) * (high - low));
      case 'Float':
        return low + (this.draw(1_001) / 1_000) * (high - low);
      case 'JSON':
        return { note: this.draw(1_000) };
      default: {
        const filled = this.#fill(field.type, {});
        return Object.values(filled).includes(undefined) ? undefined : filled;
      }
    }
  }
}

/** The nouns that a Narrative holds. */
export const narrativeKinds: readonly NodeKind[] = ['Episode', ...Object.values(narrativeLists)];
