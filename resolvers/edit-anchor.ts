/** From what an edit of characters was made on, and what does not fit about it, to the nodes that are there now. */
import { Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { Character } from '../schema/character.js';
import { EditCharacter, EditConflict } from '../schema/edit.js';
import { EditMoment, EditPerson } from '../schema/edit-person.js';
import { Episode } from '../schema/episode.js';
import { NarrativeNode } from '../schema/narrative-node.js';
import { Person } from '../schema/person.js';
import type { Context } from './context.js';
import type { Soon } from './loaders.js';

@Resolver(() => EditConflict)
export class EditConflictResolver {
  @FieldResolver(() => Episode, { nullable: true, description: 'The episode where it shows.' })
  episode(@Root() { episodeId }: EditConflict, @Ctx() { loaders }: Context): Soon<Episode | undefined> {
    return loaders.node(episodeId, 'Episode');
  }

  @FieldResolver(() => Character, { nullable: true, description: 'The other character.' })
  character(@Root() { characterId }: EditConflict, @Ctx() { loaders }: Context): Soon<Character | undefined> {
    return loaders.node(characterId, 'Character');
  }
}

@Resolver(() => EditCharacter)
export class EditCharacterResolver {
  @FieldResolver(() => Character, { nullable: true, description: 'The character of this id, if it is still there.' })
  character(@Root() { characterId }: EditCharacter, @Ctx() { loaders }: Context): Soon<Character | undefined> {
    return loaders.node(characterId, 'Character');
  }
}

@Resolver(() => EditPerson)
export class EditPersonResolver {
  @FieldResolver(() => Episode, { nullable: true, description: 'The episode.' })
  episode(@Root() { episodeId }: EditPerson, @Ctx() { loaders }: Context): Soon<Episode | undefined> {
    return loaders.node(episodeId, 'Episode');
  }

  @FieldResolver(() => Person, { nullable: true, description: 'The person of this id, if it is still there.' })
  person(@Root() { personId }: EditPerson, @Ctx() { loaders }: Context): Soon<Person | undefined> {
    return loaders.node(personId, 'Person');
  }

  @FieldResolver(() => ID, { nullable: true, description: 'Who the person of this id is across the series.' })
  characterId(@Root() { personId }: EditPerson, @Ctx() { loaders }: Context): Soon<string | undefined> {
    return loaders.characterId(personId);
  }

  @FieldResolver(() => Character, { nullable: true, description: 'Who the person of this id is across the series.' })
  character(@Root() { personId }: EditPerson, @Ctx() { loaders }: Context): Soon<Character | undefined> {
    return loaders.character(personId);
  }
}

@Resolver(() => EditMoment)
export class EditMomentResolver {
  @FieldResolver(() => NarrativeNode, { nullable: true, description: 'The node of this id, if it is still there.' })
  node(@Root() { nodeId }: EditMoment, @Ctx() { loaders }: Context): Soon<NarrativeNode | undefined> {
    return loaders.narrativeNode(nodeId);
  }
}
