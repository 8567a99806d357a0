import type { Appearance } from '../../schema/appearance.js';
import type { Shot } from '../../schema/shot.js';

/** Somebody is what a shot is about when seen for this share of it, with a face of this share of the largest one's height. */
const leastTime = 0.3;
const leastHeight = 0.6;
const mostSubjects = 3;

/** The shots with the persons that each is about: the largest faces that stay, largest first. */
export function withMainSubjects(shots: readonly Shot[], appearances: readonly Appearance[]): Shot[] {
  return shots.map((shot) => {
    const seen = appearances.filter(({ shotId }) => shotId === shot.id);
    const height = ({ faceBox }: Appearance) => faceBox?.height ?? 0;
    const largest = Math.max(0, ...seen.map(height));
    const subjects = seen
      .filter((one) => one.endMs - one.startMs >= leastTime * (shot.endMs - shot.startMs))
      .filter((one) => height(one) >= leastHeight * largest)
      .toSorted((a, b) => height(b) - height(a) || (a.id < b.id ? -1 : 1))
      .slice(0, mostSubjects);
    return { ...shot, mainSubjectIds: subjects.map(({ personId }) => personId) };
  });
}
