import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { NarrativeNode } from './narrative-node.js';
import { EpisodeSource } from './register-enums.js';

@ObjectType({
  simpleResolvers: true,
  description: 'A media file by root name, path inside it and content hash; never a path of some machine.',
})
export class MediaReference {
  @Field(() => String, { description: 'The root’s name; each machine maps it to a folder.' })
  root!: string;

  @Field(() => String, { description: 'Path inside the root, with forward slashes.' })
  path!: string;

  @Field(() => String, { description: 'Hash of the file’s content.' })
  sha256!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What one pipeline stage did for this episode.' })
export class StageReport {
  @Field(() => String, { description: 'The stage’s name.' })
  name!: string;

  @Field(() => String, { description: 'Its version.' })
  version!: string;

  @Field(() => String, { description: 'One sentence on what was found.' })
  summary!: string;
}

@ObjectType({ simpleResolvers: true, description: 'Something that could not be known, why, and how to close the gap.' })
export class Gap {
  @Field(() => String, { description: 'The stage that stayed without an answer.' })
  stage!: string;

  @Field(() => String, { description: 'What is not known.' })
  missing!: string;

  @Field(() => String, { nullable: true, description: 'One command or setting that closes it.' })
  remedy?: string;
}

@ObjectType({ simpleResolvers: true, description: 'How the episode was analysed, and what is not known about it.' })
export class AnalysisReport {
  @Field(() => [StageReport], { description: 'What each stage found.' })
  stages!: StageReport[];

  @Field(() => [Gap], { description: 'What is not known, and how to find out.' })
  gaps!: Gap[];
}

@ObjectType({
  simpleResolvers: true,
  implements: NarrativeNode,
  description: 'One film, episode, script or imagined variant.',
})
export class Episode extends NarrativeNode {
  override kind!: 'Episode';

  @Field(() => ID, { nullable: true, description: 'The series that it belongs to.' })
  seriesId?: string;

  @Field(() => Int, { nullable: true, description: 'Place in the series, from 1.' })
  ordinal?: number;

  @Field(() => EpisodeSource, { description: 'What it was made from.' })
  source!: EpisodeSource;

  @Field(() => String, { description: 'Its title.' })
  title!: string;

  @Field(() => MediaReference, { nullable: true, description: 'The film file.' })
  media?: MediaReference;

  @Field(() => Int, { description: 'How long it is, in milliseconds.' })
  durationMs!: number;

  @Field(() => Float, { nullable: true, description: 'Mean frames a second; rates vary in some files.' })
  frameRate?: number;

  @Field(() => Int, { nullable: true, description: 'Pixels as shown: after rotation and pixel aspect.' })
  width?: number;

  @Field(() => Int, { nullable: true, description: 'Pixels as shown.' })
  height?: number;

  @Field(() => String, { nullable: true, description: 'BCP 47 tag of the main spoken language.' })
  language?: string;

  @Field(() => String, { nullable: true, description: 'The story in short.' })
  synopsis?: string;

  @Field(() => String, { nullable: true, description: 'Picture that shows every shot’s keyframes at once.' })
  contactSheetId?: string;

  @Field(() => AnalysisReport, { description: 'How it was analysed, and what is not known.' })
  report!: AnalysisReport;
}
