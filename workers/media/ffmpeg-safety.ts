/**
 * What keeps a user's file from making ffmpeg read, fetch or fill what it should not: which demuxers may look at it,
 * which protocols they may open, how large a picture may be, and how much memory the process may take.
 */
import { existsSync } from 'node:fs';
import { tied } from '../tied.js';

/**
 * Containers and elementary streams that hold films and sound, and nothing that names other files: no playlist (HLS,
 * DASH, concat, ASX), no pattern of pictures, no device, no filter graph (lavfi could open any file by `movie=`), and no
 * text. References inside a QuickTime file to data elsewhere are followed by ffmpeg only when it is told to.
 */
const filmFormats =
  'mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v,h264,hevc,av1,mjpeg,ivf,obu,flv,asf,ogg,mxf,rm,gif,dv,nut,yuv4mpegpipe,wav,mp3,flac,aac,ac3,eac3,aiff,amr,caf';

/** Pictures larger than 8K by 8K are refused before memory is taken for them. */
const mostPixels = 2 ** 26;

/** Memory that ffmpeg may hold, in bytes: decoding 8K HEVC on many cores takes 3 GB. */
const mostMemory = 4 * 2 ** 30;

/** Options before an input that a user has given. */
export const filmInput = [
  ...['-protocol_whitelist', 'file', '-format_whitelist', filmFormats],
  ...['-max_pixels', String(mostPixels)],
];

/** Options before what this process writes to ffmpeg's standard input. */
export const ownInput = ['-protocol_whitelist', 'pipe', '-format_whitelist', 'rawvideo,mjpeg'];

/** util-linux's; other systems than Linux bound the memory of a process by nothing that could be set here. */
const prlimit = ['/usr/bin/prlimit', '/bin/prlimit'].find(existsSync);

/** Whether the memory of ffmpeg is bounded on this machine. */
export const isMemoryBounded = prlimit !== undefined;

/** The same command, with its memory bounded where that can be done, and ended with this process. */
export const underLimits = (program: string, args: readonly string[]): { program: string; args: string[] } =>
  prlimit === undefined ? tied(program, args) : tied(prlimit, [`--data=${mostMemory}`, '--core=0', program, ...args]);
