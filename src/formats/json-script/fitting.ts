/** Takes values of JSON for what they mean, whatever type they came in, and reports what was not of the type it should be. */
import { z } from 'zod';
import type { ReportItem } from '../format.js';

export type Steps = readonly (string | number)[];
export type JsonObject = Readonly<Record<string, unknown>>;
export type PlaceOf = (steps: Steps) => Pick<ReportItem, 'line' | 'column'>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const scalarText = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]);

/** What a value should be, and as what else it may come. */
const kinds = {
  text: {
    exact: z.string(),
    loose: z.union([scalarText, z.array(scalarText).transform((texts) => texts.join('; '))]),
  },
  number: {
    exact: z.number(),
    loose: z
      .string()
      .regex(/^\s*[+-]?\d{1,15}(?:\.\d{1,15})?\s*$/)
      .transform(Number),
  },
  object: { exact: z.custom<JsonObject>(isObject), loose: z.never() },
  list: {
    exact: z.custom<readonly unknown[]>((value) => Array.isArray(value)),
    loose: z.custom<JsonObject>(isObject).transform((only): readonly unknown[] => [only]),
  },
} as const satisfies Record<string, { readonly exact: z.ZodType; readonly loose: z.ZodType }>;

type Kinds = { readonly [Kind in keyof typeof kinds]: z.output<(typeof kinds)[Kind]['exact']> };

/** `$.script[3].events[0]`. */
export const pathOf = (steps: Steps): string =>
  `$${steps
    .map((step) =>
      typeof step === 'number'
        ? `[${step}]`
        : /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(step)
          ? `.${step}`
          : `[${JSON.stringify(step)}]`,
    )
    .join('')}`;

export class Fitting {
  readonly report: ReportItem[] = [];

  constructor(private readonly placeOf: PlaceOf = () => ({})) {}

  /** The value as what it should be; undefined for null, for what is empty, and for what cannot be taken for it. */
  take<Kind extends keyof Kinds>(kind: Kind, value: unknown, steps: Steps): Kinds[Kind] | undefined {
    if (value === undefined || value === null || (typeof value === 'string' && value.trim() === '')) return undefined;
    const { exact, loose } = kinds[kind];
    const plain = exact.safeParse(value);
    if (plain.success) return plain.data as Kinds[Kind];
    const read = loose.safeParse(value);
    if (read.success) this.tell(steps, `It should be ${article(kind)}, and was taken for one.`);
    else this.unread(steps, `It should be ${article(kind)}.`);
    return read.success ? (read.data as Kinds[Kind]) : undefined;
  }

  /** Something stays as it is, and nothing is made of it. */
  unread(steps: Steps, why: string): void {
    this.tell(steps, `${why} It is kept as it stands, and nothing was made of it.`);
  }

  tell(steps: Steps, reason: string): void {
    this.report.push({ what: 'CHANGED', path: pathOf(steps), ...this.placeOf(steps), reason });
  }
}

/** What repair and fitting had to say, in the order of the text. */
export const inTextOrder = (report: readonly ReportItem[]): ReportItem[] =>
  report.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));

const article = (kind: keyof Kinds) => (kind === 'object' ? 'an object' : `a ${kind}`);
