import type { FaceTrack } from '../../people-findings.js';

/** Faces are followed this often at least before they can be said to be still. */
const leastReadings = 6;
const leastMs = 2500;
/** Living faces turn and speak: these are how far the mesh alone wavers on a photograph, in radians and face heights. */
const mostTurnRad = 0.03;
const mostLipGap = 0.01;

/** Whether this face keeps its look and angle as no living face does: a poster, a statue, a photograph, a frozen frame. */
export function isStill({ readings, startMs, endMs }: FaceTrack): boolean {
  const seen = readings.filter(({ angles }) => angles !== undefined);
  if (seen.length < leastReadings || endMs - startMs < leastMs) return false;
  const spread = (values: readonly number[]) => Math.max(...values) - Math.min(...values);
  return (
    spread(seen.map(({ angles }) => angles?.yaw ?? 0)) < mostTurnRad &&
    spread(seen.map(({ angles }) => angles?.pitch ?? 0)) < mostTurnRad &&
    spread(seen.map(({ lipAperture }) => lipAperture ?? 0)) < mostLipGap
  );
}
