import { Field, ID, Int, ObjectType } from 'type-graphql';
import { NarrativeNode } from './narrative-node.js';

@ObjectType({
  simpleResolvers: true,
  implements: NarrativeNode,
  description: 'Someone seen, heard or named in this episode.',
})
export class Person extends NarrativeNode {
  override kind!: 'Person';

  @Field(() => String, { nullable: true })
  name?: string;

  @Field(() => [String])
  aliases!: string[];

  @Field(() => Boolean, { description: 'True while nobody and nothing has named this person.' })
  provisional!: boolean;

  @Field(() => String, { nullable: true })
  gender?: string;

  @Field(() => String, { nullable: true })
  ageRange?: string;

  @Field(() => String, { nullable: true })
  looks?: string;

  @Field(() => String, { nullable: true })
  temperament?: string;

  @Field(() => String, { nullable: true })
  description?: string;

  @Field(() => ID, { nullable: true, description: 'Content hash of the portrait.' })
  portraitId?: string;

  @Field(() => Int)
  screenTimeMs!: number;

  @Field(() => Int)
  lineCount!: number;
}
