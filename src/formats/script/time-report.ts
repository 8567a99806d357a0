/** What a reader has to say of the times that a script left open. */
import type { ReportItem } from '../format.js';
import type { PlacedScript } from './place-in-time.js';

/** Whether the script leaves open when anything of it begins. */
export const isEstimated = (placed: PlacedScript) =>
  [...placed.scenes, ...elementsOf(placed)].some(({ estimated }) => estimated.includes('startMs'));

/** What was moved, and how much was estimated. */
export function timeReport(placed: PlacedScript): ReportItem[] {
  const elements = elementsOf(placed);
  const guessed = elements.filter(({ estimated }) => estimated.includes('startMs')).length;
  const scenes = placed.scenes.filter(({ estimated }) => estimated.includes('startMs')).length;
  return [
    ...placed.moved.map(
      (n): ReportItem => ({
        what: 'CHANGED',
        reason: `Scene ${n} says that it begins before the one ahead of it; it was moved there.`,
      }),
    ),
    ...(guessed + scenes > 0
      ? [
          {
            what: 'ESTIMATED' as const,
            reason: `When ${guessed} of ${elements.length} events and ${scenes} of ${placed.scenes.length} scenes begin: a page a minute.`,
          },
        ]
      : []),
  ];
}

const elementsOf = ({ scenes }: PlacedScript) =>
  scenes.flatMap(({ shots }) => shots.flatMap(({ elements }) => elements));
