import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { InRange, RefersTo } from './fields.js';
import { NarrativeNode } from './narrative-node.js';

@ObjectType({ simpleResolvers: true, description: 'Why a moment stands out, by channel.' })
export class HighlightReasoning {
  @Field(() => String, { nullable: true, description: 'What is seen.' })
  visual?: string;

  @Field(() => String, { nullable: true, description: 'What is heard.' })
  audio?: string;

  @Field(() => String, { nullable: true, description: 'What is said.' })
  text?: string;

  @Field(() => String, { nullable: true, description: 'What it does to the viewer.' })
  psychology?: string;
}

@ObjectType({ simpleResolvers: true, description: 'How much one term of the highlight formula weighed.' })
export class Contribution {
  @Field(() => String, { description: 'Name of the term.' })
  term!: string;

  @InRange(0, 1)
  @Field(() => Float, { description: '0…1; the shares of a highlight add up to 1.' })
  share!: number;
}

@ObjectType({ simpleResolvers: true, implements: NarrativeNode, description: 'A moment worth showing, and why.' })
export class Highlight extends NarrativeNode {
  override kind!: 'Highlight';

  @Field(() => Int, { description: 'First millisecond of it.' })
  startMs!: number;

  @Field(() => Int, { description: 'First millisecond after it.' })
  endMs!: number;

  @Field(() => String, { description: 'What sort of highlight it is.' })
  type!: string;

  @InRange(0, 10)
  @Field(() => Float, { description: '0…10' })
  score!: number;

  @Field(() => HighlightReasoning, { description: 'Why it stands out.' })
  reasoning!: HighlightReasoning;

  @Field(() => [Contribution], { description: 'What the score is made of.' })
  contributions!: Contribution[];

  @RefersTo('Event')
  @Field(() => [ID], { description: 'The events that set it up.' })
  setupEventIds!: string[];
}
