/** Every noun's decorated class, in one list: what the SDL, the shape table and the served schema are built from. */
import { Appearance } from './appearance.js';
import { CausalLink } from './causal-link.js';
import { Character } from './character.js';
import { Counterfactual } from './counterfactual.js';
import { Cue } from './cue.js';
import { Edit } from './edit.js';
import { EmotionSample } from './emotion-sample.js';
import { Episode } from './episode.js';
import { Event } from './event.js';
import { Highlight } from './highlight.js';
import { IdentityEmbedding } from './identity-embedding.js';
import { Job } from './job.js';
import { Keyframe } from './keyframe.js';
import { LayoutIssue } from './layout-issue.js';
import { Person } from './person.js';
import { Relationship } from './relationship.js';
import { RelationshipTurn } from './relationship-turn.js';
import { Scene } from './scene.js';
import { Series } from './series.js';
import { Shot } from './shot.js';
import { SignalTrack } from './signal-track.js';
import { SpeechInterval } from './speech-interval.js';
import { StoryObject } from './story-object.js';

/** Nouns that the API serves. */
export const servedNouns = [
  Appearance,
  CausalLink,
  Character,
  Counterfactual,
  Cue,
  Edit,
  EmotionSample,
  Episode,
  Event,
  Highlight,
  Job,
  Keyframe,
  LayoutIssue,
  Person,
  Relationship,
  RelationshipTurn,
  Scene,
  Series,
  Shot,
  SignalTrack,
  SpeechInterval,
  StoryObject,
] as const;

/** Nouns that a Narrative may hold but nothing serves. */
export const privateNouns = [IdentityEmbedding] as const;
