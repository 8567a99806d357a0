/**
 * The small picture that all shot detectors look at: planar 4:2:0, limited range, whatever the film's own shape is.
 * Averaging over areas makes it blind to grain, and a few thousand samples are cheap to compare.
 */
export const lumaWidth = 64;
export const lumaHeight = 36;
export const chromaWidth = lumaWidth / 2;
export const chromaHeight = lumaHeight / 2;
export const lumaSamples = lumaWidth * lumaHeight;
export const chromaSamples = chromaWidth * chromaHeight;
/** Y, then Cb, then Cr. */
export const frameSamples = lumaSamples + 2 * chromaSamples;

/** The ffmpeg filter that makes it. */
export const smallFrameFilter = `scale=${lumaWidth}:${lumaHeight}:flags=area`;

/** Limited-range luma (16…235) as 0…255. */
export const fullRange = (luma: number): number => ((luma - 16) * 255) / 219;
