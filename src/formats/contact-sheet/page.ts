/** The contact sheet of an episode's characters: one HTML file that needs nothing else. Pure. */
import { createHash } from 'node:crypto';
import { clockTime } from '../../narrative/clock-time.js';
import type { CharacterFaces, FaceWall, WallFace } from '../../narrative/face-wall.js';
import { commandLine, correctionsOf, howToCorrect } from './corrections.js';
import { html, type Markup } from './markup.js';
import { script } from './script.js';
import { style } from './style.js';

export interface ContactSheet {
  readonly wall: FaceWall;
  /** JPEG of each face by the id of its appearance, as far as there is one. */
  readonly crops: ReadonlyMap<string, Uint8Array>;
  /** JPEG of each portrait by the id of its character, as far as there is one. */
  readonly portraits: ReadonlyMap<string, Uint8Array>;
  /** Appearances whose picture shows the whole frame at another moment of the shot. */
  readonly substitutes: ReadonlySet<string>;
  /** What the reader should know of the pictures: one sentence each. */
  readonly notes: readonly string[];
}

/** Side of the crops that `workers/face-crops.ts` makes; smaller and larger ones are scaled. */
const facePx = 96;
const portraitPx = 128;

/** The page as text. Texts from the film are escaped, and no script but the page's own may run. */
export function writeContactSheet(sheet: ContactSheet): string {
  const { wall, notes } = sheet;
  const { characters, nobodys } = wall;
  const faceCount = characters.reduce((sum, { faces, leftOut }) => sum + faces.length + leftOut, 0);
  const doubtful = characters.reduce((sum, each) => sum + each.doubtful, 0);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Faces in ${wall.title}</title>
<style>${style}</style>
</head>
<body>
<header>
<h1>Faces in <bdi>${wall.title}</bdi></h1>
<p>${clockTime(wall.durationMs)} · ${counted(characters.length, 'character')} · ${counted(faceCount, 'appearance')}${doubtful > 0 ? `, ${doubtful} of them doubtful` : ''}</p>
${[...notes, ...wall.gaps.map(({ missing, remedy }) => [missing, remedy].filter(Boolean).join(' '))].map((note) => html`<p class="note">${note}</p>\n`)}</header>
<main>
<section aria-labelledby="wall">
<h2 id="wall">Who is who</h2>
${characters.length > 0 ? html`<ul class="wall">\n${characters.map((one, n) => cardOf(sheet, one, n))}</ul>` : html`<p>Nobody was found in this episode.</p>`}
<div class="picked" data-picked="merge" hidden>
<p>These are one person; the name of the first one stays:</p>
${commandLine('')}
</div>
</section>
${characters.map((one, n) => sheetOf(sheet, one, n))}${nobodysSheet(sheet, nobodys)}</main>
<footer>
${howToCorrect(wall.episodeId)}
<p>These are faces of people: pass the file on as you would their photographs.</p>
</footer>
<script>${script}</script>
</body>
</html>
`.text;
}

function cardOf({ portraits, crops }: ContactSheet, one: CharacterFaces, n: number): Markup {
  const { character, faces } = one;
  const surest = faces.toSorted((a, b) => b.confidence - a.confidence)[0];
  const picture = portraits.get(character.id) ?? crops.get(surest?.appearanceId ?? '');
  return html`<li>
<a href="#character-${n + 1}">${pictureOf(picture, `Portrait of ${character.name}`, portraitPx, one.shotCount > 0 ? 'no picture' : 'never seen')}
<strong><bdi>${character.name}</bdi></strong></a>
<span>${clockTime(one.screenTimeMs)} on screen</span>
<span>${counted(one.shotCount, 'shot')}${one.lineCount > 0 ? `, ${counted(one.lineCount, 'line')}` : ''}</span>
${one.doubtful > 0 ? html`<span class="doubt">${one.doubtful} doubtful</span>` : undefined}
<label class="tick" hidden><input type="checkbox" data-pick="merge" data-id="${character.id}"> one of several<span class="unseen">: ${character.name}</span></label>
</li>
`;
}

function sheetOf(sheet: ContactSheet, one: CharacterFaces, n: number): Markup {
  const { character, isProvisional, faces, leftOut } = one;
  const others = sheet.wall.characters.filter((other) => other !== one).map((other) => other.character);
  return html`<section class="sheet" aria-labelledby="character-${n + 1}" data-character="${character.id}">
<h2 id="character-${n + 1}"><bdi>${character.name}</bdi></h2>
<p>${clockTime(one.screenTimeMs)} on screen · ${counted(one.shotCount, 'shot')} · ${counted(one.lineCount, 'line')}${isProvisional ? ' · not named yet' : ''}${character.aliases.length > 0 ? html` · also <bdi>${character.aliases.join(', ')}</bdi>` : undefined}</p>
${faces.length > 0 ? html`<ol class="faces">\n${faces.map((face) => faceOf(sheet, face, character.name))}</ol>` : html`<p>Heard or named, never seen.</p>`}
${leftOut > 0 ? html`<p class="more">And ${leftOut} more: shown are the most doubtful ones and some from all over the film.</p>` : undefined}
<div class="picked" data-picked="split" hidden>
<p>The ticked ones are somebody else:</p>
${commandLine('')}
</div>
${correctionsOf(character, others, faces)}
</section>
`;
}

function nobodysSheet(sheet: ContactSheet, { faces, leftOut }: FaceWall['nobodys']): Markup {
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

function faceOf({ crops, substitutes }: ContactSheet, face: WallFace, name?: string): Markup {
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
${name === undefined ? undefined : html`<label class="tick" hidden><input type="checkbox" data-pick="split" data-id="${appearanceId}"> somebody else<span class="unseen">: shot ${shotOrdinal} at ${clock}</span></label>`}
</figure></li>
`;
}

const pictureOf = (jpeg: Uint8Array | undefined, alt: string, sidePx: number, without: string): Markup =>
  jpeg
    ? html`<img alt="${alt}" width="${sidePx}" height="${sidePx}" src="data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}">`
    : html`<span class="blank" role="img" aria-label="${alt}: ${without}">${without}</span>`;

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

const hashOf = (text: { readonly text: string }) => `sha256-${createHash('sha256').update(text.text).digest('base64')}`;
