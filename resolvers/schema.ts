import 'reflect-metadata';
import { createPubSub } from '@graphql-yoga/subscription';
import { type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { buildSchemaSync } from 'type-graphql';
import { servedNouns } from '../schema/nouns.js';
import { checkRole } from './access.js';
import { AlignResolver } from './align.js';
import { AppearanceResolver, StoryObjectResolver } from './appearance.js';
import { CalibrationResolver } from './calibration.js';
import { CalibrationItemResolver, DisputeResolver, RefusedVerdictResolver } from './calibration-nodes.js';
import { CausalLinkResolver } from './causal-link.js';
import { CharacterResolver } from './character.js';
import { CounterfactualResolver, EventFateResolver } from './counterfactual.js';
import { CueResolver } from './cue.js';
import { EditAnchorResolver, EditResolver } from './edit.js';
import { EditAlignmentResolver, EditChangeResolver } from './edit-alignment.js';
import { EditCharacterResolver, EditConflictResolver, EditMomentResolver, EditPersonResolver } from './edit-anchor.js';
import { EmotionSampleResolver } from './emotion-sample.js';
import { EpisodeResolver } from './episode.js';
import { EvaluationResolver } from './evaluation.js';
import { EventResolver } from './event.js';
import { ExportResolver } from './export.js';
import { HighlightResolver } from './highlight.js';
import { ImportResolver } from './import.js';
import { InstallationResolver } from './installation.js';
import { JobResolver } from './job.js';
import { KeyframeResolver } from './keyframe.js';
import { LayoutIssueResolver } from './layout-issue.js';
import { EvidenceResolver, NarrativeNodeResolver } from './narrative-node.js';
import { PersonResolver } from './person.js';
import { RelationshipResolver, RelationshipTurnResolver } from './relationship.js';
import { SceneResolver } from './scene.js';
import { SearchResolver } from './search.js';
import { SeriesResolver } from './series.js';
import { ShotResolver } from './shot.js';

/** The schema that the API serves: every noun, its neighbours, and the queries and mutations. */
export function buildApiSchema(): GraphQLSchema {
  return buildSchemaSync({
    resolvers: [
      AlignResolver,
      AppearanceResolver,
      CalibrationItemResolver,
      CalibrationResolver,
      CausalLinkResolver,
      CharacterResolver,
      CounterfactualResolver,
      CueResolver,
      DisputeResolver,
      EditAlignmentResolver,
      EditAnchorResolver,
      EditChangeResolver,
      EditCharacterResolver,
      EditConflictResolver,
      EditMomentResolver,
      EditPersonResolver,
      EditResolver,
      EmotionSampleResolver,
      EpisodeResolver,
      EventFateResolver,
      EventResolver,
      EvaluationResolver,
      EvidenceResolver,
      ExportResolver,
      HighlightResolver,
      ImportResolver,
      InstallationResolver,
      JobResolver,
      KeyframeResolver,
      LayoutIssueResolver,
      NarrativeNodeResolver,
      PersonResolver,
      RefusedVerdictResolver,
      RelationshipResolver,
      RelationshipTurnResolver,
      SceneResolver,
      SearchResolver,
      SeriesResolver,
      ShotResolver,
      StoryObjectResolver,
    ],
    orphanedTypes: [...servedNouns],
    validate: false,
    authChecker: checkRole,
    // Asked for by type-graphql, used by nothing: jobProgress has a source of its own.
    pubSub: createPubSub(),
  });
}

/** The schema in the schema definition language, as `schema.graphql` holds it. */
export const printApiSchema = (schema: GraphQLSchema): string => `${printSchema(lexicographicSortSchema(schema))}\n`;
