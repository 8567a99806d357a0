/** One character's faces in order of time, each with its shot, its moment and how sure it is. */
import { clockTime } from '../../narrative/clock-time.js';
import { counted } from '../../narrative/counted.js';
import type { CharacterFaces, FaceWall, WallFace } from '../../narrative/face-wall.js';
import { commandLine, correctionsOf } from './corrections.js';
import { html, type Markup } from './markup.js';
import type { ContactSheet } from './page.js';
import { pictureOf } from './picture.js';

/** Side of the crops that `workers/face-crops.ts` makes; smaller and larger ones are scaled. */
const facePx = 96;

/** Sheets of so few faces stand beside each other. */
const few = 3;

export function sheetOf(sheet: ContactSheet, one: CharacterFaces, n: number): Markup {
  const { character, isProvisional, faces, leftOut } = one;
  const others = sheet.wall.characters.filter((other) => other !== one).map((other) => other.character);
  return html`<section class="${faces.length <= few ? 'few sheet' : 'sheet'}" aria-labelledby="character-${n + 1}" data-character="${character.id}">
<h2 id="character-${n + 1}"><bdi>${character.name}</bdi></h2>
<p>${clockTime(one.screenTimeMs)} on screen · ${counted(one.shotCount, 'shot')}${one.lineCount > 0 ? ` · ${counted(one.lineCount, 'line')}` : ''}${isProvisional ? ' · not named yet' : ''}${character.aliases.length > 0 ? html` · also <bdi>${character.aliases.join(', ')}</bdi>` : undefined}</p>
${faces.length > 0 ? html`<ol class="faces">\n${faces.map((face) => faceOf(sheet, face, character.name, faces.length > 1))}</ol>` : html`<p>Heard or named, never seen.</p>`}
${leftOut > 0 ? html`<p class="more">And ${leftOut} more: shown are the most doubtful ones and some from all over the film.</p>` : undefined}
<div class="picked" data-picked="split" hidden>
<p>The ticked ones are somebody else:</p>
${commandLine('')}
</div>
${correctionsOf(character, others, faces)}
</section>
`;
}

/** Those of whom nobody knows whose they are. */
export function nobodysSheet(sheet: ContactSheet, { faces, leftOut }: FaceWall['nobodys']): Markup {
  if (faces.length === 0) return html``;
  return html`<section class="sheet" aria-labelledby="nobody">
<h2 id="nobody">Nobody’s faces</h2>
<p>No character is linked to these.</p>
<ol class="faces">
${faces.map((face) => faceOf(sheet, face))}</ol>
${leftOut > 0 ? html`<p class="more">And ${leftOut} more.</p>` : undefined}
</section>
`;
}

function faceOf({ crops, substitutes }: ContactSheet, face: WallFace, name?: string, canSplit = false): Markup {
  const { appearanceId, shotOrdinal, atMs, confidence, isDoubtful, faceBox } = face;
  const [clock, sure] = [clockTime(atMs), `${Math.round(confidence * 100)} %`];
  const what = substitutes.has(appearanceId)
    ? 'A picture of the shot'
    : faceBox
      ? 'Face'
      : 'Whole picture, no face seen';
  const alt = `${what}: ${name ?? 'nobody'}, shot ${shotOrdinal} at ${clock}, ${sure} sure${isDoubtful ? ', doubtful' : ''}`;
  return html`<li${isDoubtful ? html` class="doubtful"` : undefined}><figure>
${pictureOf(crops.get(appearanceId), alt, facePx, 'no picture')}
<figcaption><span>shot ${shotOrdinal}</span> <span>${clock}</span> <span>${sure}</span>${isDoubtful ? html` <span class="doubt">doubtful</span>` : undefined}</figcaption>
${canSplit ? html`<label class="tick" hidden><input type="checkbox" data-pick="split" data-id="${appearanceId}"> not them<span class="unseen">: shot ${shotOrdinal} at ${clock}</span></label>` : undefined}
</figure></li>
`;
}
