import { Markup } from './markup.js';

/** Light, dark, narrow and on paper; what is doubtful is told by words and a broken frame, not by colour alone. */
export const style = new Markup(`
:root {
  color-scheme: light dark;
  --paper: #f7f6f3; --card: #fff; --ink: #1d1c1a; --faint: #5d5a54; --line: #d9d5cc; --doubt: #9a4a00; --accent: #1f5fa8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #17171a; --card: #222226; --ink: #ecebe8; --faint: #a9a6a0; --line: #3a3a40; --doubt: #f0a95b; --accent: #8bb8ee;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0 auto; max-width: 76rem; padding: 2rem 1.5rem 4rem; background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 0; font-size: 1.25rem; overflow-wrap: anywhere; }
h3 { margin: 1rem 0 .3rem; font-size: .95rem; }
header p { margin: .25rem 0 0; color: var(--faint); }
header .note { margin-top: .6rem; padding: .5rem .8rem; border-left: 3px solid var(--doubt); background: var(--card); color: var(--ink); }
section { margin-top: 2.2rem; }
section > p { margin: .25rem 0 0; color: var(--faint); }
.sheets { display: grid; grid-template-columns: repeat(3, 1fr); column-gap: 2rem; }
.sheet { grid-column: 1 / -1; padding-top: 1.4rem; border-top: 1px solid var(--line); min-width: 0; }
.few.sheet { grid-column: span 1; }
@media (max-width: 62rem) { .sheets { display: block; } }
a { color: var(--accent); text-decoration: none; }
a:hover strong { text-decoration: underline; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
ul.wall, ol.faces { display: grid; margin: .9rem 0 0; padding: 0; list-style: none; }
ul.wall { grid-template-columns: repeat(auto-fill, minmax(9.5rem, 1fr)); gap: 1rem; }
.wall li { display: flex; flex-direction: column; padding: .75rem; border: 1px solid var(--line); border-radius: 10px; background: var(--card); font-size: .85rem; color: var(--faint); }
.wall a { display: flex; flex-direction: column; gap: .5rem; }
.wall strong { overflow: hidden; color: var(--ink); font-size: 1rem; overflow-wrap: anywhere; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; }
.wall img, .wall .blank { width: 100%; height: auto; aspect-ratio: 1; }
ol.faces { grid-template-columns: repeat(auto-fill, 6.4rem); gap: .9rem .6rem; }
img, .blank { display: block; border-radius: 6px; background: #000; object-fit: cover; }
.blank { display: grid; place-items: center; width: 96px; height: 96px; border: 1px dashed var(--line); background: none; color: var(--faint); font-size: .75rem; }
figure { margin: 0; }
figcaption { display: flex; flex-wrap: wrap; gap: 0 .5em; margin-top: .25rem; color: var(--faint); font-size: .75rem; line-height: 1.3; font-variant-numeric: tabular-nums; }
.doubtful img { outline: 2px dashed var(--doubt); outline-offset: 2px; }
.doubt { color: var(--doubt); font-weight: 600; }
.tick { display: block; margin-top: .2rem; color: var(--faint); font-size: .75rem; cursor: pointer; }
.tick input { margin: 0 .2em 0 0; vertical-align: -.15em; accent-color: var(--accent); }
.more { font-style: italic; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
details { margin-top: .9rem; }
summary { width: fit-content; color: var(--accent); cursor: pointer; }
details ul { margin: .3rem 0; padding-left: 1.2rem; }
.command { display: block; margin: .25rem 0; padding: .4rem .6rem; border: 1px solid var(--line); border-radius: 6px; background: var(--card); font: .8rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere; user-select: all; }
.picked { position: sticky; bottom: .5rem; margin-top: .9rem; padding: .6rem .8rem; border: 1px solid var(--accent); border-radius: 8px; background: var(--paper); }
.picked p { margin: 0; }
footer { margin-top: 3rem; padding-top: 1.2rem; border-top: 1px solid var(--line); color: var(--faint); }
@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --faint: #444; --line: #bbb; --doubt: #8a3c00; --accent: #000; color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  details, .tick, .picked, footer { display: none !important; }
  li, h2 { break-inside: avoid; }
  h2, .sheet > p { break-after: avoid; }
  img { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  ul.wall { grid-template-columns: repeat(6, 1fr); }
  ol.faces { grid-template-columns: repeat(auto-fill, 5.2rem); }
  ol.faces img, .blank { width: 100%; height: auto; aspect-ratio: 1; }
}
`);
