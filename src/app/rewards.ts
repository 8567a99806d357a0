/** Rewards for training loops: a batch of segments in, a score and its parts for each out. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { FabulaError } from '../../schema/errors.js';
import { readSegment } from '../formats/segment.js';
import { lexicalJudge } from '../narrative/evaluation/lexical-similarity.js';
import { rewardSegment, type SegmentReward } from '../narrative/evaluation/segment-reward.js';

export const rewardLimits = { segments: 1000, body: '8mb' } as const;

/** How long others may wait for the event loop, in milliseconds. */
const turnMs = 20;

type Reward = Pick<SegmentReward, 'score'> &
  Partial<Omit<SegmentReward, 'judge'>> & {
    readonly id?: string;
    /** Why a prediction that cannot be read is worth 0. */
    readonly error?: { readonly code: string; readonly message: string };
  };

export interface RewardAnswer {
  readonly judge: SegmentReward['judge'];
  /** In the order of the segments. */
  readonly rewards: readonly Reward[];
}

const batchSchema = z.object({
  segments: z
    .array(
      z.object({
        id: z.string().max(200).optional(),
        /** Where the segment ends, for events that say no end. */
        endMs: z.number().int().min(0).optional(),
        predicted: z.unknown(),
        reference: z.unknown(),
      }),
    )
    .max(rewardLimits.segments),
});

/**
 * Rewards a batch. A prediction that cannot be read is worth 0 and says why, since models write what they will; a
 * reference that cannot be read, or a batch, is INVALID_INPUT.
 */
export async function rewardBatch(body: unknown, signal: AbortSignal): Promise<RewardAnswer> {
  const batch = batchSchema.safeParse(body);
  if (!batch.success)
    throw new FabulaError(
      'INVALID_INPUT',
      `The body must be JSON such as {"segments": [{"predicted": {"events": […]}, "reference": {"events": […]}}]}, with at most ${rewardLimits.segments} segments.`,
    );
  const rewards: Reward[] = [];
  let turnBegan = performance.now();
  for (const [n, { id, endMs, predicted, reference }] of batch.data.segments.entries()) {
    if (performance.now() - turnBegan > turnMs) {
      await nextTurn();
      signal.throwIfAborted();
      turnBegan = performance.now();
    }
    const truth = about(`segments[${n}].reference`, () => readSegment(reference, endMs));
    rewards.push({ ...(id !== undefined && { id }), ...rewardOf(predicted, truth, endMs) });
  }
  return { judge: lexicalJudge, rewards };
}

function rewardOf(predicted: unknown, truth: ReturnType<typeof readSegment>, endMs: number | undefined): Reward {
  try {
    const { judge: _, ...reward } = rewardSegment(readSegment(predicted, endMs), truth);
    return reward;
  } catch (error) {
    if (!(error instanceof FabulaError)) throw error;
    return { score: 0, error: { code: error.code, message: error.message } };
  }
}

function about<Value>(place: string, read: () => Value): Value {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FabulaError)) throw error;
    throw new FabulaError(error.code, `${place}: ${error.message}`, error.hint);
  }
}
