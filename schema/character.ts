import { Field, ID, ObjectType } from 'type-graphql';
import { NodeKind } from './register-enums.js';

@ObjectType({ simpleResolvers: true, description: 'Who a person is across a series, or in a lone episode.' })
export class Character {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => NodeKind, { description: 'The noun.' })
  kind!: 'Character';

  @Field(() => ID, { nullable: true, description: 'Set where the character belongs to a series.' })
  seriesId?: string;

  @Field(() => ID, { nullable: true, description: 'Set where the episode belongs to no series.' })
  episodeId?: string;

  @Field(() => String, { description: 'The name shown.' })
  name!: string;

  @Field(() => [String], { description: 'Other names for the same character.' })
  aliases!: string[];

  @Field(() => ID, { nullable: true, description: 'Content hash of the portrait.' })
  portraitId?: string;
}
