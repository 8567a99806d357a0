/** Puts a script together from what a reader finds in order, each node with the piece of text that it was read from. */
import type { Transition } from '../../../schema/enums.js';
import { readSpeaker } from '../speaker.js';
import type { DetailLine } from './apply-details.js';
import { isJoint, jointSpeakers } from './joint-cues.js';
import { keep } from './piece.js';
import type { DraftElement, DraftScene, DraftShot } from './script-draft.js';

/** A stretch of the text; `end` is behind its last character, line ends that follow apart. */
export interface Extent {
  readonly start: number;
  readonly end: number;
}

interface Owner {
  start: number;
  end: number;
  readonly node: object;
  readonly own: (source: string, after: string) => void;
}

interface Owned {
  foreign?: Readonly<Record<string, unknown>> | undefined;
}

type Writable<Value> = { -readonly [Field in keyof Value]: Value[Field] };
type OpenShot = Writable<Omit<DraftShot, 'elements'>> & { elements: DraftElement[] };
type OpenScene = Writable<Omit<DraftScene, 'shots'>> & { shots: OpenShot[] };

export class ScriptAssembler {
  readonly #scenes: OpenScene[] = [];
  readonly #owners: Owner[] = [];
  readonly #details: { readonly at: number; readonly line: number; readonly text: string }[] = [];
  /** Where each scene begins. */
  readonly #starts: number[] = [];
  #transition: Transition | undefined;
  /** Where a transition begins that nothing but white space parts from what comes. */
  #opened: number | undefined;

  constructor(
    private readonly format: string,
    /** Whether the text tells shots apart, so that they have pieces of their own. */
    private readonly hasShots: boolean,
  ) {}

  /** The last scene, if it holds nothing yet but its heading. */
  get headed(): DraftScene | undefined {
    const scene = this.#scenes.at(-1);
    return scene?.shots.every(({ elements }) => elements.length === 0) ? scene : undefined;
  }

  get lastElement(): DraftElement | undefined {
    return this.#scenes.at(-1)?.shots.at(-1)?.elements.at(-1);
  }

  scene({ start, end }: Extent, fields: Omit<DraftScene, 'shots'>): void {
    const scene: OpenScene = { ...fields, shots: [] };
    const from = this.#opened ?? start;
    this.#own(from, end, scene);
    this.#scenes.push(scene);
    this.#starts.push(from);
    this.#shot({ start: end, end }, this.#transition ? { transition: this.#transition } : {});
    this.#transition = undefined;
    this.#opened = undefined;
  }

  /** Adds to the scene what stands below its heading, up to `end`. */
  describe(fields: Omit<DraftScene, 'shots'>, end: number): void {
    Object.assign(this.#scenes.at(-1) ?? {}, fields);
    const scene = this.#owners.at(this.hasShots ? -2 : -1);
    if (scene) scene.end = end;
    // Behind it stands its first shot, which is nowhere in the text yet.
    const shot = this.hasShots ? this.#owners.at(-1) : undefined;
    if (shot) Object.assign(shot, { start: end, end });
    this.#opened = undefined;
  }

  shot(extent: Extent, fields: Omit<DraftShot, 'elements'>): void {
    if (this.#scenes.length === 0) this.#impliedScene(extent.start);
    const shots = this.#scenes.at(-1)?.shots ?? [];
    const first = shots[0];
    // The scene's first shot had nothing to say for itself so far.
    const isFirst =
      shots.length === 1 && first?.elements.length === 0 && this.#owners.at(-1)?.start === this.#owners.at(-1)?.end;
    if (first && isFirst) {
      this.#owners.pop();
      shots.pop();
      this.#shot(extent, { ...fields, ...(first.transition && { transition: first.transition }) });
    } else this.#shot(extent, { ...fields, ...(this.#transition && { transition: this.#transition }) });
    this.#transition = undefined;
    this.#opened = undefined;
  }

  element({ start, end }: Extent, element: DraftElement): void {
    if (this.#scenes.length === 0) this.#impliedScene(start);
    const open: Writable<DraftElement> = { ...element };
    this.#scenes.at(-1)?.shots.at(-1)?.elements.push(open);
    this.#own(start, end, open);
    this.#opened = undefined;
  }

  /** An element that stands nowhere in the text by itself. */
  implied(element: DraftElement): void {
    const at = this.#owners.at(-1)?.end ?? 0;
    const opened = this.#opened;
    this.element({ start: at, end: at }, element);
    this.#opened = opened;
  }

  /** Adds to the last shot what is told of it up to `end`. */
  extend(end: number): void {
    const owner = this.#owners.at(-1);
    if (owner) owner.end = end;
  }

  get openShot(): OpenShot | undefined {
    return this.#scenes.at(-1)?.shots.at(-1);
  }

  transition({ start }: Extent, transition: Transition): void {
    this.#transition = transition;
    this.#opened = start;
  }

  /** Something that is no node: it stays behind the node before it. */
  other(): void {
    this.#opened = undefined;
  }

  detail(at: number, line: number, text: string): void {
    this.#details.push({ at, line, text });
  }

  /** What was put together. `end` is where what belongs to the last node ends; what follows is the tail. */
  finish(text: string, end: number): { scenes: DraftScene[]; details: DetailLine[]; foreign: Record<string, unknown> } {
    this.#splitJointLines();
    for (const [n, owner] of this.#owners.entries())
      owner.own(text.slice(owner.start, owner.end), text.slice(owner.end, this.#owners[n + 1]?.start ?? end));
    return {
      scenes: this.#scenes,
      details: this.#details.map(({ at, ...detail }) => ({
        ...detail,
        scene: Math.max(
          0,
          this.#starts.findLastIndex((start) => start <= at),
        ),
      })),
      foreign: keep(this.format, { head: text.slice(0, this.#owners[0]?.start ?? end), tail: text.slice(end) }),
    };
  }

  /** A line of several is one of each, at once; the first has the text. */
  #splitJointLines(): void {
    const shots = this.#scenes.flatMap((scene) => scene.shots);
    const tags = shots.flatMap(({ elements }) => elements.flatMap(({ person }) => person ?? []));
    const joint = new Set(tags.filter(isJoint));
    if (joint.size === 0) return;
    const alone = new Set(tags.flatMap((tag) => (joint.has(tag) ? [] : (readSpeaker(tag)?.key ?? []))));
    for (const shot of shots)
      shot.elements = shot.elements.flatMap((element): DraftElement[] => {
        const speakers =
          element.type === 'LINE' ? jointSpeakers(element.person ?? '', (key) => alone.has(key)) : undefined;
        if (!speakers) return [element];
        const [first, ...others] = speakers.map((person) => ({ ...element, person, simultaneous: true }));
        Object.assign(element, { person: first?.person });
        const at = this.#owners.findIndex(({ node }) => node === element);
        const end = this.#owners[at]?.end ?? 0;
        this.#owners.splice(at + 1, 0, ...others.map((other) => this.#ownerOf(end, end, other)));
        return [element, ...others];
      });
  }

  #impliedScene(start: number): void {
    this.scene({ start, end: start }, {});
  }

  #shot(extent: Extent, fields: Omit<DraftShot, 'elements'>): void {
    const shot: OpenShot = { ...fields, elements: [] };
    this.#scenes.at(-1)?.shots.push(shot);
    if (this.hasShots) this.#own(extent.start, extent.end, shot);
  }

  #own(start: number, end: number, node: Owned): void {
    this.#owners.push(this.#ownerOf(start, end, node));
  }

  #ownerOf(start: number, end: number, node: Owned): Owner {
    const own = (source: string, after: string) => {
      node.foreign = { ...node.foreign, ...keep(this.format, { source, after }) };
    };
    return { start, end, node, own };
  }
}
