/** The contact sheet of an episode's characters: one HTML file that needs nothing else. Pure. */
import { createHash } from 'node:crypto';
import { clockTime } from '../../narrative/clock-time.js';
import { counted } from '../../narrative/counted.js';
import type { CharacterFaces, FaceWall } from '../../narrative/face-wall.js';
import { nobodysSheet, sheetOf } from './character-sheet.js';
import { commandLine, howToCorrect } from './corrections.js';
import { html, type Markup } from './markup.js';
import { pictureOf } from './picture.js';
import { script } from './script.js';
import { style } from './style.js';

export interface ContactSheet {
  readonly wall: FaceWall;
  /** JPEG of each face by the id of its appearance, as far as there is one. */
  readonly crops: ReadonlyMap<string, Uint8Array>;
  /** JPEG of each portrait by the id of its character, as far as there is one. */
  readonly portraits: ReadonlyMap<string, Uint8Array>;
  /** Appearances whose picture shows more than the face, at another moment of the shot. */
  readonly substitutes: ReadonlySet<string>;
  /** What the reader should know of the pictures: one sentence each. */
  readonly notes: readonly string[];
}

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
${[...notes, ...wall.gaps.map(({ missing, remedy }) => [missing, remedy].filter(Boolean).join(' '))].map((note) => html`<p class="note">${withCommands(note)}</p>\n`)}</header>
<main>
<section aria-labelledby="wall">
<h2 id="wall">Who is who</h2>
<p>Under each face stand its shot, its moment and how sure the machine is.</p>
${characters.length > 0 ? html`<ul class="wall">\n${characters.map((one, n) => cardOf(sheet, one, n))}</ul>` : html`<p>Nobody was found in this episode.</p>`}
<div class="picked" data-picked="merge" hidden>
<p>The ticked ones are one person; the name of the first stays:</p>
${commandLine('')}
</div>
</section>
<div class="sheets">
${characters.map((one, n) => sheetOf(sheet, one, n))}${nobodysSheet(sheet, nobodys)}</div>
</main>
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
<label class="tick" hidden><input type="checkbox" data-pick="merge" data-id="${character.id}"> same person<span class="unseen">: ${character.name}</span></label>
</li>
`;
}

/** A sentence of ours, in which commands stand between backticks. */
const withCommands = (note: string): Markup[] =>
  note.split('`').map((part, n) => (n % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));

const hashOf = (text: { readonly text: string }) => `sha256-${createHash('sha256').update(text.text).digest('base64')}`;
