/** PySceneDetect (BSD-3) as a peer: in an environment of its own under .cache, made when it is missing. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { measure } from './measure.js';

const folder = '.cache/pyscenedetect';
const python = `${folder}/bin/python`;

const script = `
import sys
from scenedetect import detect, AdaptiveDetector, ContentDetector
for path in sys.argv[2:]:
    detector = AdaptiveDetector() if sys.argv[1] == 'adaptive' else ContentDetector()
    print(*[scene[0].get_seconds() for scene in detect(path, detector)[1:]])
`;

/** Its version, or undefined where it can neither be found nor installed. */
export function preparePySceneDetect(): string | undefined {
  try {
    if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', folder]);
    const version = () =>
      execFileSync(python, ['-c', 'import cv2, scenedetect; print(scenedetect.__version__)'], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim();
    try {
      return version();
    } catch {
      execFileSync(python, ['-m', 'pip', 'install', '-q', 'scenedetect', 'opencv-python-headless']);
      return version();
    }
  } catch {
    return undefined;
  }
}

/** Runs a detector with its defaults over films, in one process; a line of boundaries in seconds for each. */
export const pySceneDetect = (detector: 'content' | 'adaptive', paths: readonly string[]) =>
  measure(python, ['-c', script, detector, ...paths]);
