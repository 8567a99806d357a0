/** What came of a packet, in words and columns, for a terminal. */
import type { AppliedVerdicts } from '../../resolvers/apply-verdicts.js';
import type { Accuracy, CalibrationReport } from '../narrative/calibration/calibration-report.js';
import { counted } from '../narrative/counted.js';
import { oneLine } from './report-error.js';

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

export function sayOutcome(outcome: CalibrationReport & AppliedVerdicts, isTrial: boolean): string {
  const { fate, gate, isCertain, fields, agreement, annotators, disputes, refused, corrections, already } = outcome;
  const fateWords = { PASSED: 'passes', RETURNED: 'is returned', UNFINISHED: 'is not finished' }[fate];
  const alpha = agreement.alpha === undefined ? 'cannot be told from chance' : `α ${agreement.alpha.toFixed(2)}`;
  return [
    `${sayAccuracy(outcome)}: the packet ${fateWords} (gate ${percent(gate)})${isCertain || fate === 'UNFINISHED' ? '' : ', though another sample might say otherwise'}.`,
    ...fields.map((field) => `  ${`${field.kind}.${field.field}`.padEnd(24)}${sayAccuracy(field)}`),
    ...(annotators.length > 1
      ? [`Agreement of ${annotators.join(', ')} on ${counted(agreement.items, 'item')}: ${alpha}.`]
      : []),
    `${counted(corrections, 'correction')} ${isTrial ? 'to be made' : 'made'}${already > 0 ? `, ${already} made before` : ''}.`,
    ...disputes.map(({ nodeId, field, why }) => `  ${nodeId} ${field}: ${why}`),
    ...refused.map(({ nodeId, field, code, why }) => `  ${nodeId} ${field}: ${code}: ${why}`),
  ]
    .map((line) => `${oneLine(line)}\n`)
    .join('');
}

const sayAccuracy = ({ judged, accepted, accuracy, interval }: Accuracy): string =>
  accuracy === undefined
    ? 'nothing judged'
    : `${percent(accuracy)} right (${accepted} of ${judged}; ${interval.map(percent).join(' to ')})`;
