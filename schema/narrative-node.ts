import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, InterfaceType } from 'type-graphql';
import { Provenance } from './provenance.js';
import { NodeKind } from './register-enums.js';

@InterfaceType({
  description: 'What every node of an episode’s narrative carries.',
  // Private nouns must not enter the served schema by way of the interface.
  autoRegisterImplementations: false,
  resolveType: (node: NarrativeNode) => node.kind,
})
export abstract class NarrativeNode {
  @Field(() => ID, { description: 'Opaque; stays the same when a new analysis finds the node again.' })
  id!: string;

  @Field(() => NodeKind, { description: 'The noun.' })
  kind!: NodeKind;

  @Field(() => ID, { description: 'The episode that the node belongs to.' })
  episodeId!: string;

  @Field(() => Provenance, { description: 'Where its values come from, how sure they are, and what they rest on.' })
  provenance!: Provenance;

  @Field(() => GraphQLJSON, { nullable: true, description: 'What a foreign format held beyond our nouns.' })
  foreign?: Record<string, unknown>;
}
