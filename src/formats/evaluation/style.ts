import { Markup } from '../contact-sheet/markup.js';

/** Light, dark, narrow and on paper; what is wrong is told by words and figures, not by colour alone. */
export const style = new Markup(`
:root {
  color-scheme: light dark;
  --paper: #f7f6f3; --card: #fff; --ink: #1d1c1a; --faint: #5d5a54; --line: #d9d5cc; --wrong: #a3341a; --like: #7a5a00; --right: #226b3a; --accent: #1f5fa8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #17171a; --card: #222226; --ink: #ecebe8; --faint: #a9a6a0; --line: #3a3a40; --wrong: #f0907a; --like: #e2c06a; --right: #86d29b; --accent: #8bb8ee;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
body { margin: 0 auto; max-width: 70rem; padding: 2rem 1.5rem 4rem; background: var(--paper); color: var(--ink); font: 15px/1.45 system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.6rem; line-height: 1.2; overflow-wrap: anywhere; }
h2 { margin: 0 0 .6rem; font-size: 1.2rem; }
header p { margin: .25rem 0 0; color: var(--faint); }
.overall { float: right; margin: 0 0 .5rem 1.5rem; text-align: right; font-size: .85rem; }
.overall strong { color: var(--ink); font-size: 2.4rem; line-height: 1; font-variant-numeric: tabular-nums; }
.note { margin: .6rem 0 0; padding: .5rem .8rem; border-left: 3px solid var(--like); background: var(--card); color: var(--ink); overflow-wrap: anywhere; }
section { margin-top: 2.2rem; clear: both; }
.tables { display: flex; flex-wrap: wrap; gap: 1rem; margin-top: 1.5rem; clear: both; align-items: flex-start; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.tables table { flex: 1 1 17rem; background: var(--card); border: 1px solid var(--line); }
caption { padding: .3rem 0; text-align: left; font-weight: 600; }
th, td { padding: .25rem .6rem; text-align: left; vertical-align: top; font-weight: normal; }
thead th { color: var(--faint); font-size: .8rem; border-bottom: 1px solid var(--line); }
.tables td, .tables thead th + th { text-align: right; }
tfoot th, tfoot td { border-top: 1px solid var(--line); font-weight: 600; }
.cast { display: flex; flex-wrap: wrap; gap: .3rem 1.5rem; margin: 0; padding: 0; list-style: none; overflow-wrap: anywhere; }
.cast small, .faint, em { color: var(--faint); }
.stretches { margin: 0; padding: 0; list-style: none; }
.stretches li { display: grid; grid-template-columns: 10rem minmax(4rem, 1fr) 10rem; gap: .8rem; align-items: center; font-variant-numeric: tabular-nums; }
meter { width: 100%; height: .8rem; }
.filter { display: flex; flex-wrap: wrap; gap: .4rem; align-items: center; margin: 0 0 .8rem; color: var(--faint); }
button { padding: .25rem .7rem; border: 1px solid var(--line); border-radius: 999px; background: var(--card); color: var(--ink); font: inherit; font-size: .85rem; cursor: pointer; }
button[aria-pressed=true] { border-color: var(--accent); background: var(--accent); color: var(--paper); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.findings { margin: 0; padding: 0; list-style: none; }
.findings li { margin: 0 0 .8rem; padding: .6rem .8rem; border: 1px solid var(--line); border-left: 4px solid var(--like); border-radius: 6px; background: var(--card); }
.findings .missed, .findings .invented { border-left-color: var(--wrong); }
.head { margin: 0 0 .4rem; }
.badge { padding: 0 .5em; border: 1px solid currentColor; border-radius: 4px; color: var(--like); font-size: .8rem; }
.missed .badge, .invented .badge { color: var(--wrong); }
.findings table { width: 100%; table-layout: fixed; font-size: .9rem; }
.findings th:first-child { width: 7rem; color: var(--faint); }
.findings th:last-child, .alike { width: 4.5rem; text-align: right; }
.findings td { overflow-wrap: anywhere; white-space: pre-line; }
.none { color: var(--faint); }
.same .alike { color: var(--right); } .like .alike { color: var(--like); } .other .alike { color: var(--wrong); }
details { margin-top: 1rem; }
summary { width: fit-content; margin-bottom: .6rem; color: var(--accent); cursor: pointer; }
@media (max-width: 40rem) {
  .overall { float: none; margin: 0 0 1rem; text-align: left; }
  .stretches li { grid-template-columns: 1fr 1fr; }
  .findings th:first-child { width: 5rem; }
}
@media print {
  :root { --paper: #fff; --card: #fff; --ink: #000; --faint: #444; --line: #bbb; --wrong: #8a1c00; --like: #5a4200; --right: #0a4a20; --accent: #000; color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  .filter, details { display: none !important; }
  .findings li, tr { break-inside: avoid; }
}
`);
