import type { Page, PageRequest, Store } from '../../graph/store.js';
import type { Cue } from '../../schema/cue.js';
import type { Episode } from '../../schema/episode.js';
import type { Event } from '../../schema/event.js';
import { emptyNarrative, type Narrative, nodeId } from '../../schema/narrative.js';
import type { Person } from '../../schema/person.js';
import type { Provenance } from '../../schema/provenance.js';
import type { Scene } from '../../schema/scene.js';
import type { Shot } from '../../schema/shot.js';
import { deriveNarrative } from '../../src/narrative/derive.js';
import { analysePresence } from '../../src/narrative/presence/presence.js';
import type { OpenStore, StoreUnderTest } from './store.contract.js';

/** Opens an empty store before each test of the block and disposes of it afterwards. */
export function withStore(open: OpenStore): { readonly store: Store; readonly openAnother: () => Promise<Store> } {
  let under: StoreUnderTest;
  beforeEach(async () => {
    under = await open(deriveNarrative);
  });
  afterEach(() => under.dispose());
  return {
    get store() {
      return under.store;
    },
    openAnother: () => under.openAnother(),
  };
}

/** All nodes of a list, page by page, `first` at a time. */
export async function allOf<Node>(list: (page: PageRequest) => Promise<Page<Node>>, first = 100): Promise<Node[]> {
  const nodes: Node[] = [];
  for (let after: string | undefined; ; ) {
    const { edges, hasNextPage } = await list({ first, after });
    nodes.push(...edges.map(({ node }) => node));
    if (!hasNextPage) return nodes;
    if (edges.length !== first) throw new Error(`A page that has a next one holds ${edges.length} of ${first}.`);
    after = edges.at(-1)?.cursor;
  }
}

export const provenance: Provenance = { by: 'test', version: '1', confidence: 0.5, evidence: [], otherReadings: [] };

type Said = Partial<Cue> & { readonly startMs: number; readonly endMs: number; readonly text: string };

export interface FilmDraft {
  readonly id?: string;
  readonly title?: string;
  readonly seriesId?: string;
  /** Start of each shot, and the film's end. */
  readonly cuts?: readonly number[];
  /** Numbers of the shots that begin a scene. */
  readonly sceneStarts?: readonly number[];
  readonly scenes?: readonly Partial<Scene>[];
  readonly shots?: readonly Partial<Shot>[];
  readonly cues?: readonly Said[];
  readonly people?: readonly Partial<Person>[];
  /** Any other lists, as they are. */
  readonly more?: Partial<Narrative>;
}

/** A small film, hand-made: shots and scenes that tile it, cues with the lines that rest on them, and people; analysed. */
export function film(draft: FilmDraft = {}): Narrative {
  const episodeId = draft.id ?? 'episode:film';
  const cuts = draft.cuts ?? [0, 2_000, 5_000, 9_000];
  const durationMs = cuts.at(-1)!;
  const common = (noun: string, startMs: number, twin?: number) => ({
    id: nodeId(episodeId, noun, startMs, twin),
    episodeId,
    provenance,
  });
  const episode: Episode = {
    ...{ id: episodeId, episodeId, kind: 'Episode', provenance, source: 'FILM', durationMs },
    title: draft.title ?? 'A film',
    seriesId: draft.seriesId,
    media: { root: 'films', path: 'film.mp4', sha256: `sha of ${episodeId}` },
    report: { stages: [], gaps: [] },
  };
  const starts = draft.sceneStarts ?? [0];
  const scenes = starts.map(
    (first, n): Scene => ({
      ...common('scene', cuts[first]!),
      ...{
        kind: 'Scene',
        ordinal: n + 1,
        setting: 'INT',
        startMs: cuts[first]!,
        endMs: cuts[starts[n + 1] ?? -1] ?? durationMs,
      },
      ...draft.scenes?.[n],
    }),
  );
  const shots = cuts.slice(0, -1).map(
    (startMs, n): Shot => ({
      ...common('shot', startMs),
      ...{ kind: 'Shot', ordinal: n + 1, startMs, endMs: cuts[n + 1]!, transition: 'CUT', mainSubjectIds: [] },
      sceneId: scenes.findLast((scene) => scene.startMs <= startMs)!.id,
      ...draft.shots?.[n],
    }),
  );
  const persons = (draft.people ?? []).map(
    (person, n): Person => ({
      ...common('person', 0, n + 1),
      ...{ kind: 'Person', aliases: [], provisional: !person.name, screenTimeMs: 0, lineCount: 0 },
      ...person,
    }),
  );
  const cues = (draft.cues ?? []).map(
    (said, n): Cue => ({ ...common('cue', said.startMs, n + 1), kind: 'Cue', source: 'FILE', ...said }),
  );
  const events = cues.map(
    ({ id, startMs, endMs, text, speakerTag }, n): Event => ({
      ...common('event', startMs, n + 1),
      ...{ kind: 'Event', ordinal: n + 1, type: 'LINE', startMs, endMs, dialogue: text, targetIds: [] },
      provenance: { ...provenance, evidence: [{ startMs, endMs, nodeId: id }] },
      sceneId: scenes.findLast((scene) => scene.startMs <= startMs)!.id,
      shotIds: shots.filter((shot) => shot.startMs < endMs && shot.endMs > startMs).map((shot) => shot.id),
      personId: persons.find(({ name }) => name && name === speakerTag)?.id,
    }),
  );
  const made = { ...emptyNarrative(episode), scenes, shots, persons, cues, events, ...draft.more };
  return analysePresence(JSON.parse(JSON.stringify(made)) as Narrative);
}

/** A value as it is sent: of objects that are asked for what they tell, what they tell. */
export const plain = <Value>(value: Value): Value => JSON.parse(JSON.stringify(value)) as Value;
