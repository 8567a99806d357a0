import type { GraphQLResolveInfo } from 'graphql';
import {
  Args,
  ArgsType,
  Ctx,
  createUnionType,
  Field,
  FieldResolver,
  Float,
  ID,
  Info,
  Int,
  ObjectType,
  Query,
  Resolver,
  Root,
  registerEnumType,
} from 'type-graphql';
import type { SearchableKind, SearchRequest } from '../graph/store.js';
import { Character } from '../schema/character.js';
import { Cue } from '../schema/cue.js';
import { Episode } from '../schema/episode.js';
import { FabulaError } from '../schema/errors.js';
import { Event } from '../schema/event.js';
import { Scene } from '../schema/scene.js';
import { Shot } from '../schema/shot.js';
import { isBrief } from './along.js';
import type { Context } from './context.js';
import type { Soon } from './loaders.js';
import { connectionOf, connectionType, PageArgs, pageOf } from './paging.js';

/** Longest text to search for, in characters. */
const longestText = 500;

const SearchableKinds = {
  Shot: 'Shot',
  Scene: 'Scene',
  Event: 'Event',
  Cue: 'Cue',
  Character: 'Character',
} as const satisfies { readonly [Kind in SearchableKind]: Kind };

registerEnumType(SearchableKinds, {
  name: 'SearchableKind',
  description: 'The nouns that search finds.',
  valuesConfig: {
    Shot: { description: 'By what is seen.' },
    Scene: { description: 'By its place, mood and description.' },
    Event: { description: 'By what is said, done and meant.' },
    Cue: { description: 'By its text.' },
    Character: { description: 'By names.' },
  },
});

const FoundNode = createUnionType({
  name: 'FoundNode',
  description: 'What a search can find.',
  types: () => [Shot, Scene, Event, Cue, Character] as const,
  resolveType: (node) => node.kind,
});

@ObjectType({ simpleResolvers: true, description: 'A moment that a search found, and why.' })
class SearchHit {
  @Field(() => ID, { description: 'The episode it is in.' })
  episodeId!: string;

  @Field(() => Int, { description: 'Where the moment begins, in milliseconds.' })
  startMs!: number;

  @Field(() => Int, { description: 'The first millisecond after it.' })
  endMs!: number;

  @Field(() => String, { description: 'The text around the match, matched words between ‹ and ›.' })
  snippet!: string;

  @Field(() => Float, { description: '0…1, higher is better; comparable within one answer only.' })
  score!: number;

  @Field(() => [String], { description: 'Why it was found.' })
  reasons!: readonly string[];

  @Field(() => FoundNode, { description: 'The node that was found.' })
  node!: typeof FoundNode;
}

const SearchHitConnection = connectionType(SearchHit, 'SearchHit');

@ObjectType({ simpleResolvers: true, description: 'How many hits have one value of a field.' })
class FacetValue {
  @Field(() => String, { description: 'The value; for an episode, its id.' })
  value!: string;

  @Field(() => Int, { description: 'How many hits have it.' })
  count!: number;
}

@ObjectType({ simpleResolvers: true, description: 'A field by which hits can be narrowed down.' })
class Facet {
  @Field(() => String, { description: 'The field: kind, episode, speaker.' })
  field!: string;

  @Field(() => [FacetValue], { description: 'Its values, the most frequent first.' })
  values!: readonly FacetValue[];
}

@ArgsType()
class SearchArgs extends PageArgs {
  @Field(() => String, { description: 'Words to find, in any language; never read as a query language.' })
  text!: string;

  @Field(() => [SearchableKinds], { nullable: true, description: 'Only these nouns.' })
  kinds?: SearchableKind[] | null;

  @Field(() => ID, { nullable: true, description: 'Only in this episode.' })
  episodeId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only in this series.' })
  seriesId?: string | null;
}

@ArgsType()
class FacetArgs {
  @Field(() => String, { defaultValue: '', description: 'Words to find; without any, all nodes are counted.' })
  text!: string;

  @Field(() => [SearchableKinds], { nullable: true, description: 'Only these nouns.' })
  kinds?: SearchableKind[] | null;

  @Field(() => ID, { nullable: true, description: 'Only in this episode.' })
  episodeId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only in this series.' })
  seriesId?: string | null;
}

function requestOf({ text, kinds, episodeId, seriesId }: FacetArgs): SearchRequest {
  if (text.length > longestText)
    throw new FabulaError('INVALID_INPUT', `A search has at most ${longestText} characters; this one ${text.length}.`);
  return {
    text,
    ...(kinds != null && { kinds }),
    ...(episodeId != null && { episodeId }),
    ...(seriesId != null && { seriesId }),
  };
}

@Resolver(() => SearchHit)
export class SearchResolver {
  @Query(() => SearchHitConnection, { complexity: 1000, description: 'Moments whose words match, best first.' })
  async search(@Args(() => SearchArgs) args: SearchArgs, @Ctx() { store }: Context, @Info() info: GraphQLResolveInfo) {
    return connectionOf(await store.search(requestOf(args), pageOf(args, { isBrief: isBrief(info) })));
  }

  @Query(() => [Facet], {
    complexity: 5000,
    description: 'How many hits of a search fall to each kind, episode and speaker.',
  })
  async facets(@Args(() => FacetArgs) args: FacetArgs, @Ctx() { store }: Context): Promise<readonly Facet[]> {
    return store.facets(requestOf(args));
  }

  @FieldResolver(() => Episode, { nullable: true, description: 'The episode it is in.' })
  episode(@Root() hit: SearchHit, @Ctx() { loaders }: Context): Soon<Episode | undefined> {
    return loaders.node(hit.episodeId, 'Episode');
  }
}
