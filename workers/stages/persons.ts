/** Who is who: face tracks gathered into persons, each with a portrait and what the faces say of gender and age. */
import { counted } from '../../src/narrative/counted.js';
import { type GatheredPersons, gatherPersons } from '../detectors/identity/find-persons.js';
import { attributeReadings, attributesOf, disagree, outvoted } from '../detectors/identity/seen-attributes.js';
import { strangenessFor } from '../detectors/identity/strangeness.js';
import type { RgbPicture } from '../detectors/rgb-picture.js';
import { bundledIdentity } from '../models/host.js';
import type { FoundPerson, PeopleFinding, PersonsFinding } from '../people-findings.js';
import { defineStage } from '../stage.js';
import { lookAgain, savePortraits, takePortrait } from './portraits.js';

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
