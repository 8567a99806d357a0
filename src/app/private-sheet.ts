/** A contact sheet that tells nobody's name, or shows nobody's face. */

import { pixelatePortraits } from '../../workers/pixelation/pixelate-pictures.js';
import type { ContactSheet } from '../formats/contact-sheet/page.js';
import type { Pseudonymised } from '../narrative/pseudonyms/pseudonymise.js';

/** The same sheet with pseudonyms and ids of the export; notes go, since they name the film. */
export function pseudonymousSheet(sheet: ContactSheet, { narrative, nameOf, idOf }: Pseudonymised): ContactSheet {
  const facesOf = <Of extends ContactSheet['wall']['nobodys']>(faces: Of): Of => ({
    ...faces,
    faces: faces.faces.map((face) => ({ ...face, appearanceId: idOf(face.appearanceId), shotId: idOf(face.shotId) })),
  });
  const byNewId = <Value>(values: ReadonlyMap<string, Value>) =>
    new Map([...values].map(([id, value]) => [idOf(id), value] as const));
  return {
    ...sheet,
    wall: {
      ...sheet.wall,
      episodeId: idOf(sheet.wall.episodeId),
      title: narrative.episode.title,
      gaps: narrative.episode.report.gaps,
      characters: sheet.wall.characters.map((each) => ({
        ...facesOf(each),
        personIds: each.personIds.map(idOf),
        character: {
          ...each.character,
          id: idOf(each.character.id),
          name: nameOf(each.character.name),
          aliases: [...new Set(each.character.aliases.map(nameOf))],
        },
      })),
      nobodys: facesOf(sheet.wall.nobodys),
    },
    crops: byNewId(sheet.crops),
    portraits: byNewId(sheet.portraits),
    substitutes: new Set([...sheet.substitutes].map(idOf)),
    notes: [],
  };
}

/** The same sheet with every face, and whatever stands for one, made coarse. */
export async function pixelatedSheet(sheet: ContactSheet, signal: AbortSignal): Promise<ContactSheet> {
  const coarse = async (pictures: ReadonlyMap<string, Uint8Array>) => {
    const hidden = await pixelatePortraits([...pictures.values()], signal);
    return new Map([...pictures.keys()].flatMap((id, n) => (hidden[n] ? [[id, hidden[n]] as const] : [])));
  };
  return { ...sheet, crops: await coarse(sheet.crops), portraits: await coarse(sheet.portraits) };
}
