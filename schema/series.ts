import { Field, ID, ObjectType } from 'type-graphql';
import { NodeKind } from './register-enums.js';

@ObjectType({ simpleResolvers: true, description: 'Episodes that share a world and its characters.' })
export class Series {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => NodeKind, { description: 'The noun.' })
  kind!: 'Series';

  @Field(() => String, { description: 'Its title.' })
  title!: string;
}
