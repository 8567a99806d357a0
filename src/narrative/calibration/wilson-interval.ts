/** Normal quantile of a two-sided 95 %. */
const z = 1.959963984540054;

/** Where a share lies with 95 % confidence when `hits` of `count` were (Wilson 1927); 0…1 where nothing was counted. */
export function wilsonInterval(hits: number, count: number): readonly [low: number, high: number] {
  if (count === 0) return [0, 1];
  const share = hits / count;
  const centre = share + z ** 2 / (2 * count);
  const spread = z * Math.sqrt((share * (1 - share)) / count + z ** 2 / (4 * count ** 2));
  const whole = 1 + z ** 2 / count;
  return [Math.max(0, (centre - spread) / whole), Math.min(1, (centre + spread) / whole)];
}
