/** Who is who: face tracks gathered into persons, each with a portrait and what the faces say of gender and age. */
import { counted } from '../../src/narrative/counted.js';
import { alignedSquare, meshSquare } from '../detectors/faces/face-squares.js';
import { type GatheredPersons, gatherPersons } from '../detectors/identity/find-persons.js';
import {
  boxOn,
  eyeOpenness,
  pointsOn,
  portraitCandidates,
  portraitScore,
  portraitSquare,
} from '../detectors/identity/portrait-choice.js';
import {
  type AttributeReading,
  attributeReadings,
  attributesOf,
  disagree,
  outvoted,
} from '../detectors/identity/seen-attributes.js';
import { strangenessFor } from '../detectors/identity/strangeness.js';
import { cutSquare, type RgbPicture } from '../detectors/rgb-picture.js';
import type { VideoStream } from '../findings.js';
import { readFramesAt } from '../media/frames-at.js';
import { encodeJpegs } from '../media/jpeg.js';
import { shrunkSize } from '../media/picture-size.js';
import { toYuv420 } from '../media/yuv.js';
import { alignedSidePx, bundledIdentity, meshSidePx } from '../models/host.js';
import type { FaceReading, FoundPerson, PeopleFinding, PersonsFinding } from '../people-findings.js';
import { defineStage, type StageContext } from '../stage.js';

/** Side of a portrait. */
const portraitPx = 256;
/** Frames are cut from pictures of this size at most. */
const mostLongSidePx = 1280;
/** Readings whose eyes are looked at before one becomes the portrait. */
const candidates = 3;
/** How a face is shown to the model again where its readings disagree: shifts and sizes in shares of the cut-out. */
const secondLooks = [
  { right: 0, down: 0, size: 1 },
  { right: 0.05, down: 0, size: 1 },
  { right: -0.05, down: 0, size: 1 },
  { right: 0, down: 0.05, size: 0.9 },
  { right: 0, down: -0.05, size: 1.12 },
] as const;

export const personsStage = defineStage({
  name: 'persons',
  version: '5',
  needs: ['probe', 'shots', 'cues', 'scenes', 'people'],
  settings: () => null,
  async run(context, { probe, shots, cues, scenes, people }): Promise<PersonsFinding> {
    const bundled = people.models.identity.name === bundledIdentity.name;
    const gathered = gatherPersons(people.tracks, shots.shots, scenes.scenes, strangenessFor(bundled));
    // Letters across somebody's chest make no portrait.
    const written = cues.cues.filter(({ source }) => source === 'BURNED_IN');
    const portraits: RgbPicture[] = [];
    const persons: (FoundPerson & { readonly portrait?: number })[] = [];
    for (const [index, person] of gathered.persons.entries()) {
      const readings = person.tracks.flatMap((track) => people.tracks[track]?.readings ?? []);
      const bare = readings.filter(
        ({ atMs }) => !written.some(({ startMs, endMs }) => startMs <= atMs && atMs < endMs),
      );
      const portrait = await takePortrait(context, probe.video, bare.length > 0 ? bare : readings);
      const filmed = attributeReadings(readings);
      const again = portrait && disagree(filmed) ? await lookAgain(context, portrait) : [];
      const before = attributesOf(filmed);
      const { fields, ...attributes } = attributesOf(again.length > 0 ? again : filmed);
      persons.push({
        tracks: person.tracks,
        ...attributes,
        fields,
        confidence: person.confidence,
        evidence: evidenceOf(gathered, index, people),
        otherReadings: outvoted(before, { ...attributes, fields }),
        ...(portrait && { portrait: portraits.push(portrait.cut) - 1 }),
      });
      context.progress((index + 1) / gathered.persons.length);
    }
    const ids = await savePortraits(context, portraits);
    return {
      summary: summaryOf(gathered, people),
      gaps: gapsOf(
        gathered,
        cues.cues.some(({ speakerTag }) => speakerTag !== undefined),
      ),
      unassigned: gathered.unassigned,
      persons: persons.map(({ portrait, ...person }) => ({
        ...person,
        ...(portrait !== undefined && { portraitId: ids[portrait] }),
      })),
    };
  },
});

interface Portrait {
  readonly cut: RgbPicture;
  readonly picture: RgbPicture;
  readonly reading: FaceReading;
}

/** The best of a few candidates, once it is known whose eyes are open. */
async function takePortrait(
  context: StageContext,
  video: VideoStream,
  readings: readonly FaceReading[],
): Promise<Portrait | undefined> {
  let best: { readonly portrait: Portrait; readonly score: number } | undefined;
  for (const reading of portraitCandidates(readings, candidates)) {
    const picture = await frameAt(context, video, reading.atMs);
    if (!picture) continue;
    const points = pointsOn(reading, picture);
    const face = cutSquare(picture, meshSquare(boxOn(reading, picture), points), meshSidePx);
    const { points: mesh } = await context.models.call('faces.mesh', face, context.signal);
    const score = portraitScore(reading) * (0.5 + 0.5 * eyeOpenness(mesh));
    if (best && best.score >= score) continue;
    const cut = cutSquare(picture, portraitSquare(points, picture), portraitPx);
    best = { portrait: { cut, picture, reading }, score };
  }
  return best?.portrait;
}

/** Test-time augmentation (Shanmugam et al. 2020), as SkyScript-100M §3.4 settles readings that contradict each other. */
async function lookAgain(
  { models, signal }: StageContext,
  { picture, reading }: Portrait,
): Promise<AttributeReading[]> {
  const square = alignedSquare(pointsOn(reading, picture));
  const readings: AttributeReading[] = [];
  for (const { right, down, size } of secondLooks) {
    const { x, y } = square.centre;
    const centre = { x: x + right * square.sidePx, y: y + down * square.sidePx };
    const cut = cutSquare(picture, { ...square, centre, sidePx: square.sidePx * size }, alignedSidePx);
    const { female, age } = await models.call('faces.embed', cut, signal);
    if (female !== undefined && age !== undefined) readings.push({ female, age, weight: 1 });
  }
  return readings;
}

/** The frame that stands at this moment, as shown, at most `mostLongSidePx` long. */
async function frameAt(
  { film, signal }: StageContext,
  video: VideoStream,
  atMs: number,
): Promise<RgbPicture | undefined> {
  const { width, height } = shrunkSize(video, { longSidePx: mostLongSidePx });
  const frames = readFramesAt({ path: film.path, width, height, momentsMs: [atMs], signal });
  for await (const { pixels } of frames) return { rgb: Uint8Array.from(pixels), width, height };
  return undefined;
}

async function savePortraits({ pictures, signal }: StageContext, portraits: readonly RgbPicture[]): Promise<string[]> {
  const ids: string[] = [];
  if (portraits.length === 0) return ids;
  const size = { width: portraitPx, height: portraitPx };
  for await (const jpeg of encodeJpegs(asYuv(portraits), size, signal)) ids.push(await pictures.save(jpeg));
  return ids;
}

async function* asYuv(portraits: readonly RgbPicture[]): AsyncGenerator<Uint8Array> {
  for (const portrait of portraits) yield toYuv420(portrait);
}

function evidenceOf({ persons, limit }: GatheredPersons, index: number, people: PeopleFinding) {
  const person = persons[index];
  const marks = [
    ...(person?.clear ? [] : ['no face from the front and large']),
    ...(person?.still ? ['never moves, as a picture does'] : []),
    ...(person?.doubles ?? []).map(() => 'stands beside somebody of the same face: a twin, a mirror or a picture'),
  ];
  return (person?.tracks ?? []).flatMap((track, at) => {
    const found = people.tracks[track];
    if (!found) return [];
    const { startMs, endMs } = found;
    const how = `Faces of one person up to a strangeness of ${limit.toFixed(1)}`;
    return [{ startMs, endMs, ...(at === 0 && { note: `${[how, ...marks].join('; ')}.` }) }];
  });
}

function summaryOf({ persons, unassigned, pairsInOneFrame }: GatheredPersons, people: PeopleFinding): string {
  if (people.tracks.length === 0) return 'Nobody whose face can be seen.';
  const still = persons.filter((person) => person.still).length;
  const doubles = persons.filter((person) => person.doubles.length > 0).length;
  return [
    `${counted(persons.length, 'person')} in ${counted(people.tracks.length - unassigned.length, 'face track')}`,
    ...(unassigned.length > 0
      ? [`${counted(unassigned.length, 'track')} too short, small or blurred to tell whose`]
      : []),
    ...(still > 0 ? [`${counted(still, 'person')} that never move, as pictures do`] : []),
    ...(doubles > 0 ? [`${doubles} of one face in one frame: twins, mirrors or pictures`] : []),
    `${counted(pairsInOneFrame, 'pair')} in one frame kept apart`,
  ]
    .join(', ')
    .concat('.');
}

const gapsOf = ({ persons }: GatheredPersons, tagged: boolean) =>
  tagged && persons.length > 0
    ? [
        {
          stage: 'persons',
          missing:
            'Persons who are named by subtitles and persons who are seen are not joined: nothing tells who speaks.',
          remedy: 'Join them by hand: `fabula merge KEEP OTHER`, or mergeCharacters.',
        },
      ]
    : [];
