/** An evaluation to look through: one HTML file that needs nothing else. Pure. */
import { createHash } from 'node:crypto';
import { clockTime } from '../../narrative/clock-time.js';
import { counted } from '../../narrative/counted.js';
import type { Evaluation } from '../../narrative/evaluation/evaluate.js';
import type { Finding } from '../../narrative/evaluation/explain.js';
import { type JudgeAgreement, wordsOfAgreement } from '../../narrative/evaluation/judge.js';
import type { Scores } from '../../narrative/evaluation/score-fields.js';
import { html, type Markup } from '../contact-sheet/markup.js';
import { findingCard } from './finding-card.js';
import { script } from './script.js';
import { style } from './style.js';

export interface EvaluationPage {
  /** What was compared: titles or file names. */
  readonly predicted: string;
  readonly reference: string;
  readonly evaluation: Evaluation;
  readonly findings: readonly Finding[];
  readonly agreement?: JudgeAgreement;
}

/** The page as text. Texts of the scripts are escaped, and no script but the page’s own may run. */
export function writeEvaluationPage(page: EvaluationPage): string {
  const { evaluation, findings, agreement } = page;
  const { judge, events, notes, conflicts, confidence } = evaluation;
  const wrong = findings.filter(({ loss }) => loss > 0);
  const right = findings.filter(({ loss }) => loss === 0);
  const of = (finding: Finding['finding']) => wrong.filter((each) => each.finding === finding).length;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.predicted} against ${page.reference}</title>
<style>${style}</style>
</head>
<body>
<header>
<p class="overall"><strong>${points(evaluation.overall)}</strong> of 100${confidence ? html`<br>95 % of samples of its scenes: ${points(confidence.overall[0])}–${points(confidence.overall[1])}` : undefined}</p>
<h1><bdi>${page.predicted}</bdi> against <bdi>${page.reference}</bdi></h1>
<p>${counted(events.matched, 'event')} matched, ${counted(events.reference - events.matched, 'event')} missed, ${counted(events.predicted - events.matched, 'event')} invented</p>
<p>Judged by ${judge.name}, version ${judge.version}${agreement ? `; agreement ${wordsOfAgreement(agreement)}` : undefined}</p>
${notes.map((note) => html`<p class="note">${note}</p>\n`)}</header>
<main>
<div class="tables">
${scoreTable('Events', evaluation)}
${scoreTable('Scenes', evaluation.scene)}
${timeTable(evaluation)}
</div>
<section aria-labelledby="who">
<h2 id="who">Who is who</h2>
${whoIsWho(evaluation)}
${conflicts.map(({ conflict, predicted, reference, events: count }) => html`<p class="note">${conflict === 'ONE_FOR_SEVERAL' ? html`<bdi>${predicted[0]}</bdi> acts for several of the reference: ${reference.join(', ')}` : html`Several act for <bdi>${reference[0]}</bdi>: ${predicted.join(', ')}`} (${counted(count, 'event')}).</p>`)}
</section>
${stretches(evaluation)}
<section aria-labelledby="events">
<h2 id="events">What went wrong, the worst first</h2>
<p class="filter" hidden>Show ${filterButton('ALL', 'all', wrong.length)}${filterButton('MISSED', 'missed', of('MISSED'))}${filterButton('INVENTED', 'invented', of('INVENTED'))}${filterButton('MATCHED', 'matched, but not the same', of('MATCHED'))}</p>
${wrong.length > 0 ? html`<ol class="findings">\n${wrong.map(findingCard)}</ol>` : html`<p>Nothing.</p>`}
${right.length > 0 ? html`<details><summary>${counted(right.length, 'event')} without a mistake</summary><ol class="findings">\n${right.map(findingCard)}</ol></details>` : undefined}
</section>
</main>
<script>${script}</script>
</body>
</html>
`.text;
}

function whoIsWho({ characters }: Evaluation): Markup {
  const same = characters.filter(({ by }) => by === 'NAME');
  const others = characters.filter(({ by }) => by !== 'NAME');
  const nobody = html`<em>nobody</em>`;
  const named = (name: string | undefined) => (name === undefined ? nobody : html`<bdi>${name}</bdi>`);
  return html`${others.length > 0 ? html`<ul class="cast">${others.map(({ predicted, reference, by }) => html`<li>${named(predicted)} → ${named(reference)}${by === 'LINES' ? html` <small>by what they say and do</small>` : undefined}</li>`)}</ul>` : undefined}
${same.length > 0 ? html`<p class="cast"><small>By the same name:</small> ${same.map(({ reference }) => html`${named(reference)} `)}</p>` : undefined}`;
}

const points = (score: number) => score.toFixed(1);

const filterButton = (finding: string, words: string, count: number): Markup =>
  html`<button type="button" data-show="${finding}" aria-pressed="${finding === 'ALL' ? 'true' : 'false'}">${words} (${count})</button>`;

const fieldTitles: Readonly<Record<string, string>> = { audioCue: 'audio cue' };

const scoreTable = (title: string, { overall, fields }: Scores<string>): Markup => html`<table>
<caption>${title}</caption>
<thead><tr><th scope="col">Field</th><th scope="col">Precision</th><th scope="col">Recall</th><th scope="col">F1</th></tr></thead>
<tbody>
${Object.entries(fields).map(([field, score]) => score && html`<tr><th scope="row">${fieldTitles[field] ?? field}</th><td>${points(score.precision)}</td><td>${points(score.recall)}</td><td>${points(score.f1)}</td></tr>\n`)}</tbody>
<tfoot><tr><th scope="row" colspan="3">Mean</th><td>${points(overall)}</td></tr></tfoot>
</table>`;

const timeTable = ({ tIoU, scene }: Evaluation): Markup => html`<table>
<caption>Times found</caption>
<thead><tr><th scope="col">Overlap from</th><th scope="col">Events</th><th scope="col">Scenes</th></tr></thead>
<tbody>
${(Object.keys(tIoU) as (keyof typeof tIoU)[]).map((threshold) => html`<tr><th scope="row">${threshold}</th><td>${points(tIoU[threshold])} %</td><td>${points(scene.tIoU[threshold])} %</td></tr>\n`)}</tbody>
</table>`;

const stretches = ({ stretches: found }: Evaluation): Markup | undefined =>
  found.length < 2
    ? undefined
    : html`<section aria-labelledby="time">
<h2 id="time">As the film goes on</h2>
<ol class="stretches">
${found.map(({ startMs, endMs, overall, events }) => html`<li><span>${clockTime(startMs)}–${clockTime(endMs)}</span><meter min="0" max="100" value="${points(overall)}">${points(overall)}</meter><span>${points(overall)}, ${counted(events, 'event')}</span></li>\n`)}</ol>
</section>`;

const hashOf = (text: { readonly text: string }) => `sha256-${createHash('sha256').update(text.text).digest('base64')}`;
