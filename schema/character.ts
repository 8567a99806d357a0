import { Field, ID, ObjectType } from 'type-graphql';
import { NodeKind } from './register-enums.js';

@ObjectType({ simpleResolvers: true, description: 'Who a person is across a series, or in a lone episode.' })
export class Character {
  @Field(() => ID)
  id!: string;

  @Field(() => NodeKind)
  kind!: 'Character';

  @Field(() => ID, { nullable: true })
  seriesId?: string;

  @Field(() => ID, { nullable: true, description: 'Set where the episode belongs to no series.' })
  episodeId?: string;

  @Field(() => String)
  name!: string;

  @Field(() => [String])
  aliases!: string[];

  @Field(() => ID, { nullable: true })
  portraitId?: string;
}
