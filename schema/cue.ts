import { Field, Int, ObjectType } from 'type-graphql';
import { NarrativeNode } from './narrative-node.js';
import { CueSource } from './register-enums.js';

@ObjectType({
  simpleResolvers: true,
  implements: NarrativeNode,
  description: 'A timed piece of subtitle or transcript.',
})
export class Cue extends NarrativeNode {
  override kind!: 'Cue';

  @Field(() => Int, { description: 'When it appears.' })
  startMs!: number;

  @Field(() => Int, { description: 'First millisecond after it is gone.' })
  endMs!: number;

  @Field(() => String, { description: 'The text; lines are separated by a newline.' })
  text!: string;

  @Field(() => CueSource, { description: 'Where it was read.' })
  source!: CueSource;

  @Field(() => String, { nullable: true, description: 'BCP 47 tag.' })
  language?: string;

  @Field(() => String, { nullable: true, description: 'The speaker as the subtitles name them.' })
  speakerTag?: string;
}
