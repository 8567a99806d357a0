/** A script as the stretches of text that it is written in. */
import { content } from './details.js';
import { type Piece, pieceOf } from './piece.js';
import type { DraftShot, ScriptDraft } from './script-draft.js';
import type { Fresh, ScriptForm } from './script-form.js';

/** A stretch of the script: a scene's heading, a shot's opening, or an element. */
export interface Slot {
  readonly scene: number;
  /** Its content, to be compared. */
  readonly says: () => string;
  readonly piece: Piece | undefined;
  readonly write: (inPlace: boolean) => Fresh;
  readonly isElement: boolean;
  /** Whether it was read from the text of the element before it: a line that several say. */
  readonly isJoint?: boolean;
}

/** Every scene's elements in one shot. */
export const flattened = (draft: ScriptDraft): ScriptDraft => ({
  ...draft,
  scenes: draft.scenes.map(({ shots, ...scene }) => ({
    ...scene,
    shots: [{ ...bareShot(shots[0]), elements: shots.flatMap(({ elements }) => elements) }],
  })),
});

/** A shot without what is in it. */
export const bareShot = (shot: DraftShot | undefined) => {
  const { elements: _, ...bare } = shot ?? { elements: [] };
  return bare;
};

export function slotsOf(draft: ScriptDraft, taken: ScriptDraft, form: ScriptForm): Slot[] {
  const saysAboveScene = form.transitions === 'scene';
  let shotNumber = 0;
  let eventNumber = 0;
  return draft.scenes.flatMap((scene, n): Slot[] => {
    const { shots, foreign: _, ...own } = scene;
    const unseen = form.hasShots
      ? []
      : (taken.scenes[n]?.shots ?? []).map((shot) => [bareShot(shot), shot.elements.length]);
    return [
      {
        ...{ scene: n, isElement: false, piece: pieceOf(scene, form.name) },
        says: () => content([own, unseen, saysAboveScene && shots[0]?.transition]),
        write: () => ({ text: form.scene(scene, n, shots[0]) }),
      },
      ...shots.flatMap((shot, m): Slot[] => {
        const number = ++shotNumber;
        return [
          ...(form.hasShots
            ? [
                {
                  ...{
                    scene: n,
                    isElement: false,
                    says: () =>
                      content(
                        m === 0 && saysAboveScene ? { ...bareShot(shot), transition: undefined } : bareShot(shot),
                      ),
                    piece: pieceOf(shot, form.name),
                  },
                  write: () => ({ text: form.shot(shot, m, scene, number) }),
                },
              ]
            : []),
          ...shot.elements.map((element, k): Slot => {
            const event = ++eventNumber;
            return {
              ...{ scene: n, isElement: true, says: () => content(element), piece: pieceOf(element, form.name) },
              isJoint: element.simultaneous === true && pieceOf(element, form.name)?.source === '',
              write: (inPlace) => {
                const [before, after] = [shot.elements[k - 1], shot.elements[k + 1]];
                return form.element(element, { before, after, number: event, inPlace });
              },
            };
          }),
        ];
      }),
    ];
  });
}
