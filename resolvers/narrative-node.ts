import { GraphQLJSON } from 'graphql-scalars';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Episode } from '../schema/episode.js';
import { NarrativeNode } from '../schema/narrative-node.js';
import { Evidence } from '../schema/provenance.js';
import { servedForeign } from '../src/formats/withheld.js';
import type { Context } from './context.js';
import type { Soon } from './loaders.js';

@Resolver(() => NarrativeNode)
export class NarrativeNodeResolver {
  @FieldResolver(() => Episode, { nullable: true, description: 'The episode that the node belongs to.' })
  episode(@Root() node: NarrativeNode, @Ctx() { loaders }: Context): Soon<Episode | undefined> {
    return loaders.node(node.episodeId, 'Episode');
  }

  @FieldResolver(() => GraphQLJSON, { nullable: true, description: 'What a foreign format held beyond our nouns.' })
  foreign(@Root() node: NarrativeNode): Record<string, unknown> | undefined {
    return servedForeign(node.foreign);
  }
}

@Resolver(() => Evidence)
export class EvidenceResolver {
  @FieldResolver(() => NarrativeNode, { nullable: true, description: 'The node that `nodeId` names.' })
  node(@Root() evidence: Evidence, @Ctx() { loaders }: Context): Soon<NarrativeNode | undefined> {
    return loaders.narrativeNode(evidence.nodeId);
  }
}
