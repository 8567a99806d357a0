import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Box } from './box.js';
import { NodeKind } from './register-enums.js';

@ObjectType({ simpleResolvers: true, description: 'When a person was seen or heard, when an edit was made.' })
export class EditMoment {
  @Field(() => ID, { description: 'The id, then, of the appearance or event.' })
  nodeId!: string;

  @Field(() => NodeKind, { description: 'Appearance: seen; Event: speaking or acting.' })
  kind!: 'Appearance' | 'Event';

  @Field(() => Int, { description: 'When it began.' })
  startMs!: number;

  @Field(() => Int, { description: 'First millisecond after it.' })
  endMs!: number;

  @Field(() => Box, { nullable: true, description: 'Where the face was.' })
  faceBox?: Box;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A person as it was when an edit was made: a new analysis may give it another id, but not another face.',
})
export class EditPerson {
  @Field(() => ID, { description: 'The episode.' })
  episodeId!: string;

  @Field(() => ID, { description: 'The person’s id.' })
  personId!: string;

  @Field(() => String, { nullable: true, description: 'The person’s name, where it had one.' })
  name?: string;

  @Field(() => [EditMoment], { description: 'When and where the person was seen and heard, longest first.' })
  moments!: EditMoment[];

  @Field(() => Boolean, {
    nullable: true,
    description: 'True where these moments alone are meant, not the whole person.',
  })
  isPart?: boolean;
}
