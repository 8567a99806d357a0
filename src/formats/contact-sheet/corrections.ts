/** What to type where the machine was wrong, with the ids filled in. */
import type { Character } from '../../../schema/character.js';
import { clockTime } from '../../narrative/clock-time.js';
import type { WallFace } from '../../narrative/face-wall.js';
import { html, type Markup } from './markup.js';

/** Others that a character's sheet offers to merge it with. */
const mostOthers = 20;

/** Commands for one character, folded away. */
export function correctionsOf(
  { id, name }: Character,
  others: readonly Character[],
  faces: readonly WallFace[],
): Markup {
  const [merges, left] = [others.slice(0, mostOthers), others.length - mostOthers];
  return html`<details>
<summary>Correct<span class="unseen"> <bdi>${name}</bdi></span></summary>
<h3>The name</h3>
${commandLine(`fabula rename ${quoted(id)} "NAME"`)}
${
  merges.length > 0
    ? html`<h3>It is the same person as …</h3>
<ul>
${merges.map((other) => html`<li><bdi>${other.name}</bdi>: ${commandLine(`fabula merge ${quoted(id)} ${quoted(other.id)}`)}</li>\n`)}</ul>
${left > 0 ? html`<p>${left} more: fabula merge ${quoted(id)} and the id on their sheet.</p>` : undefined}`
    : undefined
}
${
  faces.length > 1
    ? html`<h3>A face is somebody else’s</h3>
<p>Several ids after <code>--appearances</code> go to one new character; <code>--name "NAME"</code> names it.</p>
<ul>
${faces.map(({ appearanceId, shotOrdinal, atMs }) => html`<li>shot ${shotOrdinal}, ${clockTime(atMs)}: ${commandLine(`fabula split ${quoted(id)} --appearances ${quoted(appearanceId)}`)}</li>\n`)}</ul>`
    : undefined
}
</details>`;
}

/** Commands for the episode as a whole. */
export const howToCorrect = (
  episodeId: string,
): Markup => html`<h2>What has been corrected, and how to take it back</h2>
${commandLine(`fabula edits ${quoted(episodeId)}`)}
${commandLine('fabula undo EDIT')}
<p>Then write this sheet anew:</p>
${commandLine(`fabula export ${quoted(episodeId)} --format contact-sheet`)}`;

/** A command to copy: one click selects all of it. */
export const commandLine = (command: string): Markup => html`<code class="command">${command}</code>`;

/** An id as a shell takes it for one word. */
const quoted = (id: string): string =>
  /^[\w.:@%+=,/][\w.:@%+=,/-]*$/.test(id) ? id : `'${id.replaceAll("'", "'\\''")}'`;
