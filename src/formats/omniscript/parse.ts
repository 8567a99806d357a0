/** Reads OmniScript's JSON into a draft whose nodes keep what they were read from. */
import type { Setting } from '../../../schema/enums.js';
import { type Fitting, isObject, type JsonObject, type Steps } from '../json-script/fitting.js';
import { memberOf } from '../json-script/keys.js';
import { textsIn } from '../json-script/texts.js';
import type { DraftElement, DraftHighlight, DraftScene, ScriptDraft } from '../script/script-draft.js';
import { readSpeaker } from '../speaker.js';
import { isMeant, jointSplitter, personReader, readPersons } from './characters.js';
import { eventFields, reasoningChannels, sceneFields } from './fields.js';
import { type Kept, keep } from './kept.js';
import { type Moment, readTimestamp } from './timestamp.js';

/** The draft of a whole document, or of a list of scenes. What is not understood is reported, and kept. */
export function draftOfDocument(value: unknown, fitting: Fitting): ScriptDraft {
  const isList = Array.isArray(value);
  const document = isList ? { script: value } : (fitting.take('object', value, []) ?? {});
  const at = (key: string): Steps => (isList ? [] : [key]);
  const { key: metaKey, value: metaValue } = memberOf(document, 'meta');
  const meta = fitting.take('object', metaValue, [metaKey]) ?? {};
  const scenes = readList(memberOf(document, 'script'), at, fitting, readScene);
  const highlights = readList(memberOf(document, 'high_points'), at, fitting, readHighlight);
  const persons = readList(memberOf(meta, 'characters'), (key) => [metaKey, key], fitting, personReader());
  const { key: titleKey, value: title } = memberOf(meta, 'title');
  const { key: durationKey, value: duration } = memberOf(meta, 'duration');
  const split = jointSplitter(persons.nodes, scenes.nodes);
  const others = { ...scenes.others, ...highlights.others, ...persons.others };
  const emptied = { ...document, ...scenes.emptied, ...highlights.emptied };
  const source = {
    ...emptied,
    ...(Object.hasOwn(document, metaKey) && isObject(metaValue) && { [metaKey]: { ...meta, ...persons.emptied } }),
  };
  return {
    title: fitting.take('text', title, [metaKey, titleKey]),
    durationMs: readMoment(duration, [metaKey, durationKey], fitting)?.startMs,
    lastsUntilNext: true,
    persons: persons.nodes,
    scenes: scenes.nodes.map((scene) => ({
      ...scene,
      shots: scene.shots.map(({ elements }) => ({ elements: elements.flatMap(split) })),
    })),
    highlights: highlights.nodes,
    foreign: keep({ source: isList ? [] : source, ...(Object.keys(others).length > 0 && { others }) }),
  };
}

interface ReadList<Node> {
  readonly nodes: Node[];
  /** The list under its key, emptied: what holds it keeps it so. */
  readonly emptied: JsonObject;
  readonly others: NonNullable<Kept['others']>;
}

/** Reads each of a list; what `read` makes nothing of stays as it is. */
function readList<Node>(
  { key, value }: ReturnType<typeof memberOf>,
  stepsTo: (key: string) => Steps,
  fitting: Fitting,
  read: (value: unknown, at: number, steps: Steps, fitting: Fitting) => Node | readonly Node[] | undefined,
): ReadList<Node> {
  const list = fitting.take('list', value, stepsTo(key));
  if (!list) return { nodes: [], emptied: {}, others: {} };
  const others: [number, unknown][] = [];
  const nodes = list.flatMap((each, at): Node[] => {
    // The only one of a list may stand in its place.
    const found = read(each, at, [...stepsTo(key), ...(Array.isArray(value) ? [at] : [])], fitting);
    if (found === undefined) others.push([at, each]);
    return found === undefined ? [] : ([found].flat() as Node[]);
  });
  return {
    nodes,
    emptied: { [key]: Array.isArray(value) ? [] : {} },
    others: others.length > 0 ? { [key]: others } : {},
  };
}

function readScene(value: unknown, at: number, steps: Steps, fitting: Fitting): DraftScene | undefined {
  const scene = fitting.take('object', value, steps);
  if (!scene) return notMissing(value, steps, fitting);
  const events = readList(memberOf(scene, 'events'), (key) => [...steps, key], fitting, readEvent);
  const starts = events.nodes.flatMap(({ startMs }) => startMs ?? []);
  const { key, value: type } = memberOf(scene, 'type');
  return {
    // A scene begins with what happens first in it.
    ...(starts.length > 0 && { startMs: Math.min(...starts) }),
    ...textsIn(scene, sceneFields, steps, fitting, saysSomething),
    setting: readSetting(fitting.take('text', type, [...steps, key])),
    shots: [{ elements: events.nodes }],
    foreign: keep({
      ...{ source: { ...scene, ...events.emptied }, at },
      ...(Object.keys(events.others).length > 0 && { others: events.others }),
    }),
  };
}

function readEvent(value: unknown, at: number, steps: Steps, fitting: Fitting): DraftElement[] | undefined {
  const event = fitting.take('object', value, steps);
  if (!event) return notMissing(value, steps, fitting);
  const { voiceType, ...said } = textsIn(event, eventFields, steps, fitting, saysSomething);
  const { key: timeKey, value: time } = memberOf(event, 'timestamp');
  const { key: characterKey, value: character } = memberOf(event, 'character');
  const element: DraftElement = {
    ...readMoment(time, [...steps, timeKey], fitting),
    ...said,
    type: said.dialogue === undefined ? 'ACTION' : 'LINE',
    ...(voiceType !== undefined && { voiceType: readSpeaker(`A (${voiceType})`)?.voiceType ?? voiceType }),
    foreign: keep({ source: event, at }),
  };
  const persons = readPersons(character, [...steps, characterKey], fitting);
  return persons.length === 0 ? [element] : persons.map((person) => ({ ...element, person }));
}

function readHighlight(value: unknown, at: number, steps: Steps, fitting: Fitting): DraftHighlight | undefined {
  const point = fitting.take('object', value, steps);
  if (!point) return notMissing(value, steps, fitting);
  const { key: typeKey, value: typeValue } = memberOf(point, 'type');
  const { key: scoreKey, value: scoreValue } = memberOf(point, 'score');
  const { key: reasonKey, value: reasonValue } = memberOf(point, 'reasoning');
  const range = readRange(memberOf(point, 'time_range').value);
  const type = fitting.take('text', typeValue, [...steps, typeKey]);
  const score = fitting.take('number', scoreValue, [...steps, scoreKey]);
  const lacks = [
    ...(range ? [] : ['a time range']),
    ...(type === undefined ? ['a type'] : []),
    ...(score === undefined || score < 0 || score > 10 ? ['a score from 0 to 10'] : []),
  ];
  if (!range || type === undefined || score === undefined || lacks.length > 0) {
    fitting.unread(steps, `A high point needs ${lacks.join(' and ')}.`);
    return undefined;
  }
  const reasons = fitting.take('object', reasonValue, [...steps, reasonKey]) ?? {};
  const reasoning = textsIn(reasons, reasoningChannels, [...steps, reasonKey], fitting, saysSomething);
  return { ...range, type, score, reasoning, foreign: keep({ source: point, at }) };
}

/** `["01:20", "01:35"]`, or both in one text. */
function readRange(value: unknown): { startMs: number; endMs: number } | undefined {
  const moments = (Array.isArray(value) ? value : [value]).map((each) =>
    typeof each === 'string' || typeof each === 'number' ? readTimestamp(each) : undefined,
  );
  const [first, second] = moments;
  const endMs = moments.length === 2 ? second?.startMs : first?.endMs;
  if (first === undefined || endMs === undefined || endMs < first.startMs) return undefined;
  return { startMs: first.startMs, endMs: Math.max(endMs, first.startMs + 1) };
}

function readMoment(value: unknown, steps: Steps, fitting: Fitting): Partial<Moment> | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const moment = typeof value === 'string' || typeof value === 'number' ? readTimestamp(value) : undefined;
  if (!moment) fitting.unread(steps, 'It is no time of a film, such as 01:23 or 00:01:23.');
  return moment;
}

/** Somebody may well say “None.” */
const saysSomething = (text: string, field: string): boolean => field === 'dialogue' || isMeant(text);

/** What should be an object, and is not there or was reported already. */
function notMissing(value: unknown, steps: Steps, fitting: Fitting): undefined {
  if (value === null || value === '') fitting.unread(steps, 'It is empty.');
  return undefined;
}

function readSetting(type: string | undefined): Setting {
  const [inside, outside] = [/\bint|\bindoor|[内內]/iu.test(type ?? ''), /\bext|\boutdoor|外/iu.test(type ?? '')];
  return inside && outside ? 'INT_EXT' : inside ? 'INT' : outside ? 'EXT' : 'UNKNOWN';
}
