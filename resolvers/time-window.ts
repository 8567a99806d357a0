import { ArgsType, Field, InputType, Int } from 'type-graphql';
import type { TimeWindow } from '../graph/store.js';
import { FabulaError } from '../schema/errors.js';
import { PageArgs } from './paging.js';

@InputType('TimeWindow', {
  description: 'A stretch of screen time, [startMs, endMs) in milliseconds; what overlaps it is in it.',
})
export class TimeWindowInput {
  @Field(() => Int, { description: 'First millisecond of the window.' })
  startMs!: number;

  @Field(() => Int, { description: 'First millisecond after the window.' })
  endMs!: number;
}

@ArgsType()
export class WindowPageArgs extends PageArgs {
  @Field(() => TimeWindowInput, { nullable: true, description: 'Only what overlaps this stretch of screen time.' })
  window?: TimeWindowInput | null;
}

/** INVALID_INPUT for a window that is empty or runs backwards. */
export function windowOf(window: TimeWindowInput | null | undefined): TimeWindow | undefined {
  if (window == null) return undefined;
  const { startMs, endMs } = window;
  if (startMs >= endMs)
    throw new FabulaError('INVALID_INPUT', `The window ends at ${endMs} ms, not after its start at ${startMs} ms.`);
  return { startMs, endMs };
}
