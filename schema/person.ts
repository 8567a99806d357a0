import { Field, ID, Int, ObjectType } from 'type-graphql';
import { NarrativeNode } from './narrative-node.js';

@ObjectType({
  simpleResolvers: true,
  implements: NarrativeNode,
  description: 'Someone seen, heard or named in this episode.',
})
export class Person extends NarrativeNode {
  override kind!: 'Person';

  @Field(() => String, { nullable: true, description: 'The name, where it is known.' })
  name?: string;

  @Field(() => [String], { description: 'Other names for the same person.' })
  aliases!: string[];

  @Field(() => Boolean, { description: 'True while nobody and nothing has named this person.' })
  provisional!: boolean;

  @Field(() => String, { nullable: true, description: 'As it seems.' })
  gender?: string;

  @Field(() => String, { nullable: true, description: 'As it seems.' })
  ageRange?: string;

  @Field(() => String, { nullable: true, description: 'What the person looks like.' })
  looks?: string;

  @Field(() => String, { nullable: true, description: 'What the person is like.' })
  temperament?: string;

  @Field(() => String, { nullable: true, description: 'The person in words.' })
  description?: string;

  @Field(() => ID, { nullable: true, description: 'Content hash of the portrait.' })
  portraitId?: string;

  @Field(() => Int, { description: 'How long the person is on screen.' })
  screenTimeMs!: number;

  @Field(() => Int, { description: 'How many lines the person has.' })
  lineCount!: number;
}
