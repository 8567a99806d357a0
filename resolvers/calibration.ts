import {
  Arg,
  Args,
  ArgsType,
  Authorized,
  Ctx,
  Field,
  Float,
  ID,
  InputType,
  Int,
  Mutation,
  Query,
  Resolver,
  registerEnumType,
} from 'type-graphql';
import { FabulaError } from '../schema/errors.js';
import { NodeKind } from '../schema/register-enums.js';
import { reportOn, usualGate } from '../src/narrative/calibration/calibration-report.js';
import { packetSizes, samplePacket } from '../src/narrative/calibration/sample-packet.js';
import type { Judgement, Verdict } from '../src/narrative/calibration/verdict.js';
import type { Role } from './access.js';
import { applyVerdicts } from './apply-verdicts.js';
import { CalibrationOutcome } from './calibration-outcome.js';
import { CalibrationPacket } from './calibration-packet.js';
import type { Context } from './context.js';
import { gatherItems } from './gather-items.js';

const VerdictWord = { ACCEPT: 'ACCEPT', FIX: 'FIX', REMOVE: 'REMOVE' } as const satisfies Record<Verdict, Verdict>;
registerEnumType(VerdictWord, {
  name: 'Verdict',
  description: 'What somebody says of an item.',
  valuesConfig: {
    ACCEPT: { description: 'It is right.' },
    FIX: { description: 'It is wrong, and something else is right.' },
    REMOVE: { description: 'It is wrong, and nothing is in its place.' },
  },
});

@ArgsType()
class PacketArgs {
  @Field(() => ID, { nullable: true, description: 'The episode to draw from.' })
  episodeId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Or the series.' })
  seriesId?: string | null;

  @Field(() => Int, {
    defaultValue: packetSizes.usual,
    description: `How many items, ${packetSizes.least}…${packetSizes.most}; fewer where there are no more.`,
  })
  size!: number;

  @Field(() => Int, { defaultValue: 1, description: 'What to draw by.' })
  seed!: number;
}

@InputType({ description: 'An item of a packet, and what somebody says of it.' })
class VerdictInput {
  @Field(() => ID, { description: 'The item’s episode.' })
  episodeId!: string;

  @Field(() => ID, { description: 'Its node.' })
  nodeId!: string;

  @Field(() => NodeKind, { description: 'The node’s noun.' })
  kind!: NodeKind;

  @Field(() => String, { description: 'The field.' })
  field!: string;

  @Field(() => String, { description: 'What it said.' })
  value!: string;

  @Field(() => VerdictWord, { nullable: true, description: 'The verdict; null while it is open.' })
  verdict?: Verdict | null;

  @Field(() => String, { nullable: true, description: 'With FIX: what is right.' })
  fixed?: string | null;

  @Field(() => String, { nullable: true, description: 'Who says so. Default: the caller.' })
  annotator?: string | null;
}

/** Five people's words on the largest packet. */
const mostVerdicts = 5 * packetSizes.most;

@Resolver()
export class CalibrationResolver {
  @Query(() => CalibrationPacket, {
    complexity: 5000,
    description: 'Draws a packet of an episode or a series: from each field its share, spread evenly over time.',
  })
  async calibrationPacket(
    @Args(() => PacketArgs) { episodeId, seriesId, size, seed }: PacketArgs,
    @Ctx() { store }: Context,
  ): Promise<CalibrationPacket> {
    if ((episodeId == null) === (seriesId == null))
      throw new FabulaError('INVALID_INPUT', 'Give an episodeId or a seriesId.');
    return samplePacket(
      await gatherItems(store, episodeId != null ? { episodeId } : { seriesId: seriesId ?? '' }),
      size,
      seed,
    );
  }

  @Authorized<Role>('editor')
  @Mutation(() => CalibrationOutcome, {
    complexity: 10_000,
    description:
      'Says how right a packet is by people’s verdicts, and corrects what most of them say is wrong. Doing it again changes nothing.',
  })
  async applyVerdicts(
    @Arg('verdicts', () => [VerdictInput], { description: `The items with verdicts, at most ${mostVerdicts}.` })
    verdicts: VerdictInput[],
    @Arg('gate', () => Float, {
      defaultValue: usualGate,
      description: 'Share of right items from which a packet passes.',
    })
    gate: number,
    @Arg('isTrial', () => Boolean, { defaultValue: false, description: 'Only say what would be corrected.' })
    isTrial: boolean,
    @Ctx() { store, author }: Context,
  ): Promise<CalibrationOutcome> {
    if (!(gate >= 0 && gate <= 1)) throw new FabulaError('INVALID_INPUT', 'gate must be from 0 to 1.');
    if (verdicts.length > mostVerdicts)
      throw new FabulaError('INVALID_INPUT', `At most ${mostVerdicts} verdicts are taken at once.`);
    const judgements = verdicts.map((given) => judgementOf(given, author));
    return { ...reportOn(judgements, gate), ...(await applyVerdicts(store, judgements, { author, isTrial })) };
  }
}

function judgementOf({ verdict, fixed, annotator, ...item }: VerdictInput, author: string): Judgement {
  if (verdict === 'FIX' && !fixed?.trim())
    throw new FabulaError('INVALID_INPUT', `${item.nodeId} ${item.field}: FIX says what is right in \`fixed\`.`);
  return {
    item: { ...item },
    ...(verdict && { verdict }),
    ...(verdict === 'FIX' && fixed && { fixed: fixed.trim() }),
    annotator: annotator?.trim() || author,
  };
}
