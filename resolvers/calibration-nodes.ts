/** From what is judged to the nodes that are there now. */
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Episode } from '../schema/episode.js';
import { NarrativeNode } from '../schema/narrative-node.js';
import { Dispute, RefusedVerdict } from './calibration-outcome.js';
import { CalibrationItem } from './calibration-packet.js';
import type { Context } from './context.js';
import type { Soon } from './loaders.js';

const described = { nullable: true, description: 'The node of this id, if it is still there.' };

@Resolver(() => CalibrationItem)
export class CalibrationItemResolver {
  @FieldResolver(() => Episode, { nullable: true, description: 'Its episode.' })
  episode(@Root() { episodeId }: CalibrationItem, @Ctx() { loaders }: Context): Soon<Episode | undefined> {
    return loaders.node(episodeId, 'Episode');
  }

  @FieldResolver(() => NarrativeNode, described)
  node(@Root() { nodeId }: CalibrationItem, @Ctx() { loaders }: Context): Soon<NarrativeNode | undefined> {
    return loaders.narrativeNode(nodeId);
  }
}

@Resolver(() => Dispute)
export class DisputeResolver {
  @FieldResolver(() => NarrativeNode, described)
  node(@Root() { nodeId }: Dispute, @Ctx() { loaders }: Context): Soon<NarrativeNode | undefined> {
    return loaders.narrativeNode(nodeId);
  }
}

@Resolver(() => RefusedVerdict)
export class RefusedVerdictResolver {
  @FieldResolver(() => NarrativeNode, described)
  node(@Root() { nodeId }: RefusedVerdict, @Ctx() { loaders }: Context): Soon<NarrativeNode | undefined> {
    return loaders.narrativeNode(nodeId);
  }
}
