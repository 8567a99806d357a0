/** Shots of a draft, who and what is seen in them, and whom they are about. */
import type { Appearance } from '../../../schema/appearance.js';
import type { Event } from '../../../schema/event.js';
import type { Shot } from '../../../schema/shot.js';
import type { StoryObject } from '../../../schema/story-object.js';
import { isThere } from './build-events.js';
import { estimates, known, type NodeMaker, workedOut } from './nodes.js';
import type { PlacedScene } from './place-in-time.js';
import type { DraftShot } from './script-draft.js';

/** `m` is its place in its scene; all shots are numbered when all are made. */
export function makeShot(
  shot: DraftShot,
  sceneId: string,
  scene: PlacedScene | undefined,
  m: number,
  isFirst: boolean,
  make: NodeMaker,
): Shot {
  const { elements: _e, appearances: _a, objects: _o, subjects: _s, lastsMs: _l, foreign, ...said } = shot;
  const time = scene?.shots[m];
  const { startMs = 0, endMs = 1 } = time ?? {};
  return known<Shot>({
    ...make('Shot', startMs, { fields: time ? estimates(time) : [], foreign }),
    ...(said as Partial<Shot>),
    ...{ sceneId, ordinal: 0, startMs, endMs, mainSubjectIds: [] },
    transition: shot.transition ?? (isFirst ? 'START' : 'CUT'),
  });
}

/** Who is seen in a shot: for all of it, where the draft does not say when. */
export function makeAppearances(
  draft: DraftShot,
  shot: Shot,
  personIdOf: (label: string) => string | undefined,
  make: NodeMaker,
): Appearance[] {
  const inShot = (ms: number) => Math.min(Math.max(Math.round(ms), shot.startMs), shot.endMs - 1);
  return (draft.appearances ?? []).flatMap(({ person, foreign, ...said }) => {
    const personId = personIdOf(person);
    if (personId === undefined) return [];
    const startMs = inShot(said.startMs ?? shot.startMs);
    const endMs = Math.min(shot.endMs, Math.max(startMs + 1, said.endMs ?? shot.endMs));
    const estimated = [
      ...(said.startMs === undefined ? (['startMs'] as const) : []),
      ...(said.endMs === undefined ? (['endMs'] as const) : []),
    ];
    const atField = { field: 'atMs', by: workedOut.times, confidence: workedOut.timeConfidence };
    const fields = [...estimates({ estimated }), ...(said.atMs === undefined ? [atField] : [])];
    return [
      known<Appearance>({
        ...make('Appearance', startMs, { foreign, fields }),
        ...(said as Partial<Appearance>),
        ...{ personId, shotId: shot.id, startMs, endMs, atMs: inShot(said.atMs ?? startMs) },
      }),
    ];
  });
}

export const makeObjects = (draft: DraftShot, shot: Shot, make: NodeMaker): StoryObject[] =>
  (draft.objects ?? []).map(({ foreign, ...said }) =>
    known<StoryObject>({
      ...make('StoryObject', shot.startMs, { foreign }),
      ...(said as Partial<StoryObject>),
      name: said.name,
      shotId: shot.id,
    }),
  );

/** Who a shot is about: as the script says, else who acts and speaks in it. */
export function withSubjects(
  shots: readonly Shot[],
  built: ReadonlyMap<DraftShot, Shot>,
  events: readonly Event[],
  personIdOf: (label: string) => string | undefined,
): Shot[] {
  const subjectsOf = new Map([...built].map(([{ subjects }, { id }]) => [id, subjects]));
  const there = new Map<string, Set<string>>();
  for (const event of events)
    if (event.personId !== undefined && isThere(event))
      for (const shotId of event.shotIds) there.set(shotId, (there.get(shotId) ?? new Set()).add(event.personId));
  return shots.map((shot) => {
    const said = subjectsOf.get(shot.id);
    if (said) return { ...shot, mainSubjectIds: [...new Set(said.flatMap((label) => personIdOf(label) ?? []))] };
    const mainSubjectIds = [...(there.get(shot.id) ?? [])];
    if (mainSubjectIds.length === 0) return shot;
    const field = { field: 'mainSubjectIds', by: workedOut.people, confidence: 0.3 };
    const { provenance } = shot;
    return { ...shot, mainSubjectIds, provenance: { ...provenance, fields: [...(provenance.fields ?? []), field] } };
  });
}
