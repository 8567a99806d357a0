/** Events of a draft's elements, the cues of their lines, and who does and says it to whom. */
import type { Cue } from '../../../schema/cue.js';
import type { Event } from '../../../schema/event.js';
import type { Evidence, FieldProvenance } from '../../../schema/provenance.js';
import type { Scene } from '../../../schema/scene.js';
import type { Shot } from '../../../schema/shot.js';
import { readSpeaker } from '../speaker.js';
import { actorOf, addresseesIn, type SpokenLine } from './addressing.js';
import type { Cast } from './cast.js';
import { estimates, known, type NodeMaker, workedOut } from './nodes.js';
import type { PlacedTime } from './place-in-time.js';
import type { DraftElement } from './script-draft.js';

/** An element with its place. */
export interface PlacedElement {
  readonly element: DraftElement;
  readonly time: PlacedTime;
  readonly scene: Scene;
  readonly shot: Shot;
}

export interface EventBuilder {
  readonly make: NodeMaker;
  readonly cast: Cast;
  /** All shots, in order of time. */
  readonly shots: readonly Shot[];
  readonly personIdOf: (label: string) => string | undefined;
  readonly language: string | undefined;
  /** The draft's own cues; without them every line is one. */
  readonly cues: readonly Cue[] | undefined;
}

/** Voices from another place or time: what they say is not said to those who are there. */
const elsewhere: ReadonlySet<string> = new Set(['voice-over', 'narration']);

/** Who acts or speaks, and to whom. */
interface Parts {
  readonly person?: string | undefined;
  readonly targets: readonly string[];
  readonly fields: readonly FieldProvenance[];
  readonly evidence: readonly Evidence[];
}

/** Events and, where the draft has none of its own, cues of one scene's elements, in the order of the script. */
export function buildEvents(placed: readonly PlacedElement[], builder: EventBuilder): { events: Event[]; cues: Cue[] } {
  const { make, shots, personIdOf, language, cues: own } = builder;
  const parts = partsOf(placed, builder);
  const cues: Cue[] = [];
  const events = placed.map(({ element, time, scene, shot }, n): Event => {
    const { person, targets, fields, evidence } = parts[n] ?? nobody;
    const { startMs, endMs } = time;
    const { type, simultaneous: _s, person: tag, targets: _t, foreign, startMs: _a, endMs: _b, ...rest } = element;
    const { cue: place, ...said } = rest;
    const made =
      !own && type === 'LINE' && element.dialogue
        ? known<Cue>({
            ...make('Cue', startMs, { fields: estimates(time) }),
            ...{ startMs, endMs, text: element.dialogue, source: 'FILE', language },
            speakerTag: tag ?? undefined,
          })
        : undefined;
    if (made) cues.push(made);
    const cue = made ?? own?.[place ?? -1];
    const onScreen = shots.filter((other) => other.startMs < endMs && other.endMs > startMs).map(({ id }) => id);
    const voiceType = said.voiceType ?? (typeof tag === 'string' ? readSpeaker(tag)?.voiceType : undefined);
    return known<Event>({
      ...make('Event', startMs, {
        evidence: [...(cue ? [{ startMs, endMs, nodeId: cue.id }] : []), ...evidence],
        fields: [...estimates(time), ...fields],
        foreign,
      }),
      ...(said as Partial<Event>),
      ...{ ordinal: 0, type, startMs, endMs, sceneId: scene.id },
      shotIds: onScreen.length > 0 ? onScreen : [shot.id],
      personId: person === undefined ? undefined : personIdOf(person),
      targetIds: targets.flatMap((label) => personIdOf(label) ?? []),
      voiceType,
    });
  });
  return { events, cues };
}

const nobody: Parts = { targets: [], fields: [], evidence: [] };

/** Element by element: as the script says, else as far as it can be worked out. */
function partsOf(placed: readonly PlacedElement[], { cast, personIdOf }: EventBuilder): Parts[] {
  const lines: SpokenLine[] = [];
  const lineOf = placed.map(({ element: { type, person, dialogue, voiceType } }) => {
    const speaker = typeof person === 'string' ? cast.memberOf(person)?.label : undefined;
    const voice = voiceType ?? (typeof person === 'string' ? readSpeaker(person)?.voiceType : undefined);
    if (type !== 'LINE' || !speaker || elsewhere.has(voice ?? '')) return undefined;
    return lines.push({ speaker, text: dialogue ?? '' }) - 1;
  });
  const labelOf = (tag: string) => cast.memberOf(tag)?.label ?? tag;
  const addresseeOf = addresseesIn(lines, cast.mentionsIn);
  return placed.map(({ element: { type, person, targets, action, description } }, n): Parts => {
    const line = lineOf[n];
    const given = { targets: (targets ?? []).map(labelOf), fields: [], evidence: [] };
    if (typeof person === 'string') {
      const found = line === undefined || targets ? undefined : addresseeOf(line);
      if (!found) return { ...given, person: labelOf(person) };
      return {
        person: labelOf(person),
        targets: found.labels,
        fields: [{ field: 'targetIds', by: workedOut.people, confidence: found.confidence }],
        evidence: found.labels.map((label) => known({ nodeId: personIdOf(label), note: found.why })),
      };
    }
    const told = action ?? description;
    const acted = person === undefined && type === 'ACTION' && told ? actorOf(told, cast.mentionsIn) : undefined;
    if (!acted) return given;
    const { actor, target } = acted;
    return {
      person: actor,
      targets: targets ? given.targets : target === undefined ? [] : [target],
      fields: [
        { field: 'personId', by: workedOut.people, confidence: 0.6 },
        ...(targets || target === undefined ? [] : [{ field: 'targetIds', by: workedOut.people, confidence: 0.3 }]),
      ],
      evidence: [known({ nodeId: personIdOf(actor), note: 'The description begins with the name.' })],
    };
  });
}

/** Who is on screen for what they do or say, as far as a script tells. */
export const isThere = ({ personId, voiceType }: Pick<Event, 'personId' | 'voiceType'>): boolean =>
  personId !== undefined && !elsewhere.has(voiceType ?? '') && voiceType !== 'off-screen';
