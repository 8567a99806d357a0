/** Places to cut scenes from: the camera setups that real clips show of one place each. Paths in `../shared/data`. */
export interface Setup {
  readonly clip: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Part of the picture, in shares: width, then left and top edge of an equally shaped cut-out. */
  readonly crop: readonly [width: number, left: number, top: number];
}

const whole = [1, 0, 0] as const;
const setup = (clip: string, startMs: number, endMs: number, crop: Setup['crop'] = whole): Setup => ({
  clip: `video/${clip}`,
  startMs,
  endMs,
  crop,
});

// Letterbox bars are cut away: in a film all shots have them or none.
const palace = (startMs: number, endMs: number) => setup('palace-drama-90s.mp4', startMs, endMs, [0.75, 0.12, 0.125]);
const sintel = (startMs: number, endMs: number, crop: Setup['crop'] = [0.75, 0.12, 0.125]) =>
  setup('sintel-trailer-480p.mp4', startMs, endMs, crop);
const nature = (startMs: number, endMs: number, crop: Setup['crop'] = whole) =>
  setup('testvideo.mp4', startMs, endMs, crop);

export const places: Readonly<Record<string, readonly Setup[]>> = {
  throneRoom: [
    palace(100, 4900),
    palace(5100, 7100),
    palace(7250, 8850),
    palace(9000, 23_000),
    palace(23_200, 37_900),
    palace(38_100, 44_750),
    palace(44_950, 49_200),
    palace(49_400, 58_400),
    palace(58_600, 70_700),
    palace(75_400, 86_900),
    palace(87_100, 91_500),
  ],
  snow: [
    sintel(2600, 4700),
    sintel(2600, 4700, [0.5, 0.1, 0.3]),
    sintel(6000, 8200),
    sintel(6000, 8200, [0.45, 0.3, 0.2]),
  ],
  hut: [sintel(12_800, 13_850), sintel(12_800, 13_850, [0.45, 0.2, 0.15]), sintel(13_950, 15_000)],
  alley: [sintel(19_000, 20_600), sintel(19_000, 20_600, [0.45, 0.05, 0.2]), sintel(19_000, 20_600, [0.45, 0.45, 0.3])],
  autumn: [sintel(22_700, 23_700), sintel(22_700, 23_700, [0.45, 0.4, 0.3]), sintel(23_850, 25_800)],
  sky: [sintel(26_000, 27_300), sintel(29_200, 29_700), sintel(30_100, 30_700), sintel(33_000, 34_600)],
  desert: [sintel(36_300, 39_900), sintel(36_300, 39_900, [0.45, 0.1, 0.4]), sintel(36_300, 39_900, [0.45, 0.45, 0.3])],
  rock: [nature(1300, 5900), nature(1300, 5900, [0.5, 0.45, 0.1]), nature(1300, 5900, [0.5, 0.05, 0.45])],
  forest: [nature(8000, 10_800), nature(8000, 10_800, [0.5, 0.35, 0.05]), nature(8000, 10_800, [0.5, 0, 0.2])],
  leaves: [nature(14_300, 17_300), nature(14_300, 17_300, [0.5, 0.5, 0.45]), nature(14_300, 17_300, [0.5, 0, 0.1])],
  grille: [nature(18_800, 22_000), nature(18_800, 22_000, [0.5, 0.2, 0.2])],
};
