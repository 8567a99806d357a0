import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { InRange, RefersTo } from './fields.js';
import { NarrativeNode } from './narrative-node.js';

@ObjectType({ simpleResolvers: true, description: 'Why a moment stands out, by channel.' })
export class HighlightReasoning {
  @Field(() => String, { nullable: true })
  visual?: string;

  @Field(() => String, { nullable: true })
  audio?: string;

  @Field(() => String, { nullable: true })
  text?: string;

  @Field(() => String, { nullable: true })
  psychology?: string;
}

@ObjectType({ simpleResolvers: true, description: 'How much one term of the highlight formula weighed.' })
export class Contribution {
  @Field(() => String)
  term!: string;

  @InRange(0, 1)
  @Field(() => Float, { description: '0…1; the shares of a highlight add up to 1.' })
  share!: number;
}

@ObjectType({ simpleResolvers: true, implements: NarrativeNode, description: 'A moment worth showing, and why.' })
export class Highlight extends NarrativeNode {
  override kind!: 'Highlight';

  @Field(() => Int)
  startMs!: number;

  @Field(() => Int)
  endMs!: number;

  @Field(() => String)
  type!: string;

  @InRange(0, 10)
  @Field(() => Float, { description: '0…10' })
  score!: number;

  @Field(() => HighlightReasoning)
  reasoning!: HighlightReasoning;

  @Field(() => [Contribution])
  contributions!: Contribution[];

  @RefersTo('Event')
  @Field(() => [ID])
  setupEventIds!: string[];
}
