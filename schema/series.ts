import { Field, ID, ObjectType } from 'type-graphql';
import { NodeKind } from './register-enums.js';

@ObjectType({ simpleResolvers: true, description: 'Episodes that share a world and its characters.' })
export class Series {
  @Field(() => ID)
  id!: string;

  @Field(() => NodeKind)
  kind!: 'Series';

  @Field(() => String)
  title!: string;
}
