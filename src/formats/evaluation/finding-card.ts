import { clockTime } from '../../narrative/clock-time.js';
import type { FieldFinding, Finding } from '../../narrative/evaluation/explain.js';
import { html, type Markup } from '../contact-sheet/markup.js';

const titles: Readonly<Record<Finding['finding'], string>> = {
  MATCHED: 'matched',
  MISSED: 'missed',
  INVENTED: 'invented',
};

/** What became of one event: both sides, field by field, and why. */
export const findingCard = ({
  finding,
  startMs,
  loss,
  fields,
  why,
  tIoU,
}: Finding): Markup => html`<li class="${finding.toLowerCase()}" data-finding="${finding}">
<p class="head"><strong>${clockTime(startMs)}</strong> <span class="badge">${titles[finding]}</span> ${why}${tIoU === undefined ? undefined : html` <span class="faint">Overlap ${tIoU.toFixed(2)}.</span>`} <span class="faint">Loses ${loss.toFixed(1)}.</span></p>
<table>
<thead><tr><th scope="col">Field</th><th scope="col">Reference</th><th scope="col">Predicted</th><th scope="col">Alike</th></tr></thead>
<tbody>
${fields.map(fieldRow)}</tbody>
</table>
</li>
`;

const fieldRow = ({ field, reference, predicted, similarity }: FieldFinding): Markup =>
  html`<tr class="${similarity === 1 ? 'same' : similarity === 0 ? 'other' : 'like'}"><th scope="row">${field === 'audioCue' ? 'audio cue' : field}</th>${textCell(reference)}${textCell(predicted)}<td class="alike">${Math.round(100 * similarity)} %</td></tr>\n`;

const textCell = (text: string | undefined): Markup =>
  text === undefined ? html`<td class="none">—</td>` : html`<td dir="auto">${text}</td>`;
