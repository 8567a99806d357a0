/**
 * Writes a narrative as OmniScript's JSON. What was read from such JSON comes out as it was, key by key; where a node
 * says something else than it did then, that key is written anew.
 */
import type { Narrative } from '../../../schema/narrative.js';
import type { Dropped, Written } from '../format.js';
import { isObject, type JsonObject } from '../json-script/fitting.js';
import { memberOf } from '../json-script/keys.js';
import { layOut } from '../json-script/layout.js';
import { content } from '../script/details.js';
import { draftOf } from '../script/draft-of.js';
import { droppedForeign } from '../script/dropped-foreign.js';
import type { DraftElement, DraftHighlight, DraftPerson, DraftScene, ScriptDraft } from '../script/script-draft.js';
import { eventFields, reasoningChannels, sceneFields, settingWords } from './fields.js';
import { formatName, type Kept, keptOf } from './kept.js';
import { lossesBetween } from './losses.js';
import { listOf, type Member } from './node-lists.js';
import { eventStarts } from './starts.js';
import { writeTimestamp } from './timestamp.js';

/** Reads a document as a narrative and takes its draft out of that again. */
export type ReadBack = (document: unknown) => ScriptDraft;

export function writeOmniScript(narrative: Narrative, readBack: ReadBack): Written {
  const { draft, outerTitle, dropped } = draftOf(narrative);
  const kept = keptOf(draft);
  const then = kept && readBack(originalOf(draft, kept));
  const titled = then ? draft : { ...draft, title: draft.title ?? outerTitle };
  const document = new DocumentWriter(titled, narrative, then).document();
  const layout = kept?.layout ?? { indent: 2, end: '\n' };
  const lost: Dropped[] = [
    ...dropped,
    ...droppedForeign(narrative, [formatName], 'OmniScript'),
    ...lossesBetween(titled, readBack(document), narrative),
  ];
  return { text: layOut(document, layout), dropped: lost };
}

/** The document that a draft was read from, as far as its nodes are still there. */
function originalOf(draft: ScriptDraft, kept: Kept): unknown {
  const sources = <Node extends { readonly foreign?: JsonObject | undefined }>(
    nodes: readonly Node[] | undefined,
    holder: Kept | undefined,
    key: string,
    sourceOf: (node: Node, own: Kept) => unknown = (_, own) => own.source,
  ) =>
    filled(
      holder,
      key,
      listOf(nodes ?? [], othersIn(holder, key), [], ({ nodes: [node], kept: own }) =>
        own ? [sourceOf(node, own)] : [],
      ),
    );
  const scenes = sources(draft.scenes, kept, 'script', (scene, own) => ({
    ...(own.source as JsonObject),
    ...sources(elementsOf(scene), own, 'events'),
  }));
  if (Array.isArray(kept.source)) return scenes.script;
  const source = kept.source as JsonObject;
  const { key, value: meta } = memberOf(source, 'meta');
  const persons = sources(draft.persons, isObject(meta) ? { ...kept, source: meta } : undefined, 'characters');
  return {
    ...source,
    ...(isObject(meta) && { [key]: { ...meta, ...persons } }),
    ...scenes,
    ...sources(draft.highlights, kept, 'high_points'),
  };
}

const elementsOf = ({ shots }: DraftScene) => shots.flatMap(({ elements }) => elements);

const othersIn = (holder: Kept | undefined, key: string) =>
  holder?.others?.[memberOf((holder.source ?? {}) as JsonObject, key).key] ?? [];

/** A list under the key that its holder had for it, where it held one; a lone one stands in the list's place again. */
function filled(holder: Kept | undefined, key: string, list: readonly unknown[]): JsonObject {
  if (Array.isArray(holder?.source)) return { [key]: list };
  const { key: own, value } = memberOf((holder?.source ?? {}) as JsonObject, key);
  if (Array.isArray(value)) return { [own]: list };
  if (isObject(value)) return { [own]: list.length === 1 ? list[0] : list };
  return list.length > 0 ? { [own]: list } : {};
}

class DocumentWriter {
  readonly #hasHours: boolean;
  readonly #starts: ReadonlyMap<DraftElement, number>;
  readonly #thenLabels: ReadonlySet<string>;

  constructor(
    private readonly draft: ScriptDraft,
    private readonly narrative: Narrative,
    private readonly then: ScriptDraft | undefined,
  ) {
    this.#hasHours = narrative.episode.durationMs >= 3_600_000;
    this.#starts = eventStarts(draft, narrative);
    this.#thenLabels = new Set((then?.persons ?? []).map(({ label }) => label));
  }

  document(): unknown {
    const { draft, then } = this;
    const kept = keptOf(draft);
    const scenes = listOf(draft.scenes, othersIn(kept, 'script'), then?.scenes ?? [], (member) => [
      this.#scene(member),
    ]);
    if (Array.isArray(kept?.source)) return scenes;
    const source = (kept?.source ?? {}) as JsonObject;
    const highlights = listOf(
      draft.highlights ?? [],
      othersIn(kept, 'high_points'),
      then?.highlights ?? [],
      (member) => [this.#highlight(member)],
    );
    return {
      ...source,
      ...this.#meta(source, kept),
      ...filled(kept, 'script', scenes),
      ...filled(kept, 'high_points', highlights),
    };
  }

  #meta(source: JsonObject, kept: Kept | undefined): JsonObject {
    const { draft, then } = this;
    const { key, value } = memberOf(source, 'meta');
    const meta = { ...(isObject(value) ? value : {}) };
    const holder: Kept = { ...kept, source: meta };
    const characters = listOf(draft.persons ?? [], othersIn(holder, 'characters'), then?.persons ?? [], (member) =>
      this.#person(member),
    );
    const durationMs = then ? draft.durationMs : this.narrative.episode.durationMs;
    if (draft.title !== undefined) put(meta, 'title', draft.title, then?.title);
    put(meta, 'duration', durationMs, then?.durationMs, (ms) => writeTimestamp(ms + 999, this.#hasHours));
    const written = { ...meta, ...filled(holder, 'characters', characters) };
    return Object.keys(written).length > 0 ? { [key]: written } : {};
  }

  /** Whoever no list of characters named, and is in the script as before, is not put into it. */
  #person({ nodes: [person], kept, before: [then] }: Member<DraftPerson>): unknown[] {
    const { label, aliases, gender, ageRange, description } = person;
    if (!kept) return this.#thenLabels.has(label) ? [] : [label];
    if (!isObject(kept.source)) return [label === then?.label ? kept.source : label];
    const profile = { ...kept.source };
    put(profile, 'name', label, then?.label);
    put(profile, 'aliases', aliases, then?.aliases);
    put(profile, 'gender', gender, then?.gender);
    put(profile, 'age', ageRange, then?.ageRange);
    put(profile, 'description', description, then?.description);
    return [profile];
  }

  #scene({ nodes: [scene], kept, before: [then] }: Member<DraftScene>): unknown {
    const written: Record<string, unknown> = { ...((kept?.source ?? {}) as JsonObject) };
    if (!kept) written.scene_id = this.draft.scenes.indexOf(scene) + 1;
    const [[, location], ...more] = sceneFields;
    put(written, 'location', scene[location], then?.location);
    put(written, 'type', scene.setting, then?.setting, (setting) => settingWords[setting]);
    for (const [key, field] of more) put(written, key, scene[field], then?.[field]);
    const events = listOf(elementsOf(scene), othersIn(kept, 'events'), then ? elementsOf(then) : [], (member) =>
      this.#events(member),
    );
    return { ...written, ...(kept ? filled(kept, 'events', events) : { events }) };
  }

  /** One value, unless it was read as several events and they say different things now. */
  #events({ nodes, kept, before: then }: Member<DraftElement>): unknown[] {
    const isAsThen = nodes.length === then.length && nodes.every((node, n) => content(node) === content(then[n]));
    if (kept && isAsThen) return [kept.source];
    const areSeveral = Math.max(nodes.length, then.length) > 1;
    return nodes.map((node, n) => this.#event(node, kept, areSeveral ? { ...then[n], person: undefined } : then[n]));
  }

  #event(event: DraftElement, kept: Kept | undefined, then: Partial<DraftElement> | undefined): unknown {
    const written: Record<string, unknown> = { ...((kept?.source ?? {}) as JsonObject) };
    const startMs = kept ? event.startMs : (event.startMs ?? this.#starts.get(event));
    put(written, 'timestamp', startMs, then?.startMs, (ms) => writeTimestamp(ms, this.#hasHours));
    put(written, 'character', event.person ?? undefined, then?.person ?? undefined);
    const told = { ...event, action: event.action ?? event.description };
    for (const [key, field] of eventFields) put(written, key, told[field], then?.[field]);
    return written;
  }

  #highlight({ nodes: [highlight], kept, before: [then] }: Member<DraftHighlight>): unknown {
    const written: Record<string, unknown> = { ...((kept?.source ?? {}) as JsonObject) };
    const range = ({ startMs, endMs }: DraftHighlight) => [startMs, endMs];
    put(written, 'type', highlight.type, then?.type);
    put(written, 'time_range', range(highlight), then && range(then), ([startMs = 0, endMs = 0]) => [
      writeTimestamp(startMs, this.#hasHours),
      writeTimestamp(endMs + 999, this.#hasHours),
    ]);
    const { key, value } = memberOf(written, 'reasoning');
    const reasoning = { ...(isObject(value) ? value : {}) };
    for (const [channel, field] of reasoningChannels)
      put(reasoning, channel, highlight.reasoning?.[field], then?.reasoning?.[field]);
    if (Object.keys(reasoning).length > 0) written[key] = reasoning;
    put(written, 'score', highlight.score, then?.score);
    return written;
  }
}

/** Writes a value under its key, where it is another one than it was; takes the key away where there is none any more. */
function put<Value>(
  object: Record<string, unknown>,
  key: string,
  now: Value | undefined,
  then: Value | undefined,
  write: (value: Value) => unknown = (value) => value,
): void {
  if (content(now) === content(then)) return;
  const { key: own } = memberOf(object, key);
  const written = now === undefined ? undefined : write(now);
  if (written === undefined) delete object[own];
  else object[own] = written;
}
