/** Who is who: gathers the face tracks of a film into persons. Pure. */
import type { FoundScene, FoundShot } from '../../findings.js';
import type { FaceTrack } from '../../people-findings.js';
import { asShare, mean } from '../arithmetic.js';
import { groupTracks } from './group-tracks.js';
import { type IdentityTrack, identityTracks } from './identity-track.js';
import { isStill } from './stillness.js';
import { type Strangeness, strangenessLimit } from './strangeness.js';
import { standTogether, tiesBetween } from './ties.js';

/** A person as gathered from tracks; indices are those of `PeopleFinding.tracks`. */
export interface GatheredPerson {
  readonly tracks: readonly number[];
  /** 0…1 (ours): how much nearer the person's own tracks are to each other than to anybody else's. */
  readonly confidence: number;
  /** At least one track shows the face from the front, and large. */
  readonly clear: boolean;
  /** Never moves: a picture, a statue. */
  readonly still: boolean;
  /** Persons of the same face seen beside this one, by their place in the list: twins, a mirror, a picture. */
  readonly doubles: readonly number[];
}

export interface GatheredPersons {
  /** By screen time, longest first. */
  readonly persons: readonly GatheredPerson[];
  /** Tracks that fit nobody and are too short, too small or too blurred to be somebody of their own. */
  readonly unassigned: readonly number[];
  /** Strangeness up to which tracks were taken for one person, and how many pairs of strangers in one frame set it. */
  readonly limit: number;
  readonly pairsInOneFrame: number;
}

/** A face counts as somebody when it is seen this long, or well: large, twice, and surely a face. */
const leastScreenMs = 1000;
const wellSeen = { heightPx: 48, readings: 2, confidence: 0.9 };
/** A face lower than this must be seen for longer: nobody can tell it from others. */
const smallFace = { heightPx: 32, screenMs: 3000 };
/** Faces in one frame that are less strange than this share of the limit are doubles. */
const doubleShare = 0.5;
/** So much less is believed of a person of whom no clear face is seen. */
const unclearConfidence = 0.6;
/** Faces that waver more than this are believed less, in proportion. */
const steady = 0.07;

export function gatherPersons(
  tracks: readonly FaceTrack[],
  shots: readonly FoundShot[],
  scenes: readonly Pick<FoundScene, 'startMs' | 'endMs'>[],
  strangeness: Strangeness,
): GatheredPersons {
  const known = identityTracks(tracks);
  const ties = tiesBetween(shots, scenes, tracks);
  const together = pairsTogether(known, tracks);
  const inOneFrame = [...together].map((pair) => {
    const [a, b] = [known[Math.floor(pair / known.length)], known[pair % known.length]];
    return a && b ? strangeness(a, b) : Number.POSITIVE_INFINITY;
  });
  const limit = strangenessLimit(inOneFrame);
  const plain = (a: number, b: number) => strangeness(known[a] as IdentityTrack, known[b] as IdentityTrack);
  const apart = (a: number, b: number) =>
    together.has(Math.min(a, b) * known.length + Math.max(a, b))
      ? Number.POSITIVE_INFINITY
      : plain(a, b) * ties(known[a] as IdentityTrack, known[b] as IdentityTrack);
  const groups = groupTracks(known, apart, limit);
  const sorted = groups
    .map((members) => ({ members, screenMs: screenMs(members, known) }))
    .filter(({ members }) => isSomebody(members.map((member) => tracks[known[member]?.index ?? -1])))
    .toSorted((a, b) => b.screenMs - a.screenMs || (a.members[0] ?? 0) - (b.members[0] ?? 0))
    .map(({ members }) => members);
  const persons = sorted.map((members, person) => {
    const clear = members.some((member) => known[member]?.clear);
    const own = mean(
      members.flatMap((a) => members.filter((b) => b > a).map((b) => plain(a, b))),
      limit / 2,
    );
    const others = sorted
      .filter((_, other) => other !== person)
      .map((other) =>
        mean(
          members.flatMap((a) => other.map((b) => plain(a, b))),
          2 * limit,
        ),
      );
    const nearer = asShare((Math.min(2 * limit, ...others) - own) / limit);
    return {
      tracks: members.map((member) => known[member]?.index ?? -1),
      confidence: Number(((0.3 + 0.65 * nearer) * (clear ? 1 : unclearConfidence) * steadiness(members)).toFixed(2)),
      clear,
      still: members.every((member) => isStill(tracks[known[member]?.index ?? -1] as FaceTrack)),
      doubles: sorted.flatMap((other, at) => (at !== person && areDoubles(members, other) ? [at] : [])),
    };
  });
  function steadiness(members: readonly number[]): number {
    return Math.min(1, steady / (mean(members.map((member) => known[member]?.unsteadiness ?? 0)) || steady));
  }
  function areDoubles(members: readonly number[], others: readonly number[]): boolean {
    return members.some((a) =>
      others.some((b) => apart(a, b) === Number.POSITIVE_INFINITY && plain(a, b) < limit * doubleShare),
    );
  }
  const assigned = new Set(persons.flatMap((person) => person.tracks));
  return {
    persons,
    unassigned: tracks.flatMap((_, index) => (assigned.has(index) ? [] : [index])),
    limit,
    pairsInOneFrame: together.size,
  };
}

/** Pairs (a × n + b, a < b) of tracks that are seen in one frame. */
function pairsTogether(known: readonly IdentityTrack[], tracks: readonly FaceTrack[]): Set<number> {
  const pairs = new Set<number>();
  for (const [a, one] of known.entries())
    for (let b = a + 1; b < known.length; b++) {
      const other = known[b] as IdentityTrack;
      if (other.shotStartMs !== one.shotStartMs) continue;
      if (standTogether(tracks[one.index] as FaceTrack, tracks[other.index] as FaceTrack))
        pairs.add(a * known.length + b);
    }
  return pairs;
}

function isSomebody(tracks: readonly (FaceTrack | undefined)[]): boolean {
  const seen = tracks.filter((track) => track !== undefined);
  const screen = seen.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const heightPx = Math.max(...seen.flatMap(({ readings }) => readings.map(({ quality }) => quality.heightPx)));
  const readings = seen.reduce((sum, track) => sum + track.readings.length, 0);
  if (heightPx < smallFace.heightPx) return screen >= smallFace.screenMs;
  if (screen >= leastScreenMs) return true;
  const confidence = Math.max(...seen.map((track) => track.confidence));
  return heightPx >= wellSeen.heightPx && readings >= wellSeen.readings && confidence >= wellSeen.confidence;
}

const screenMs = (members: readonly number[], known: readonly IdentityTrack[]): number =>
  members.reduce((sum, member) => sum + (known[member]?.endMs ?? 0) - (known[member]?.startMs ?? 0), 0);
