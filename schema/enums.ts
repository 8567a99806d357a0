/** Every closed vocabulary of the graph, as a value to iterate and a union type of the same name. */

const vocabulary = <Word extends string>(...words: readonly Word[]) =>
  Object.freeze(Object.fromEntries(words.map((word) => [word, word]))) as { readonly [W in Word]: W };

/** The nouns; a node's `kind` is also its GraphQL type name. */
export const NodeKind = vocabulary(
  'Series',
  'Episode',
  'Scene',
  'Shot',
  'Keyframe',
  'Person',
  'Character',
  'Appearance',
  'StoryObject',
  'SpeechInterval',
  'SignalTrack',
  'IdentityEmbedding',
  'Cue',
  'Event',
  'EmotionSample',
  'Relationship',
  'RelationshipTurn',
  'CausalLink',
  'Highlight',
  'LayoutIssue',
  'Counterfactual',
  'Edit',
  'Job',
);
export type NodeKind = keyof typeof NodeKind;

export const EpisodeSource = vocabulary('FILM', 'SCRIPT', 'IMAGINED');
export type EpisodeSource = keyof typeof EpisodeSource;

export const Setting = vocabulary('INT', 'EXT', 'INT_EXT', 'UNKNOWN');
export type Setting = keyof typeof Setting;

export const Transition = vocabulary('CUT', 'FADE', 'DISSOLVE', 'WIPE', 'START');
export type Transition = keyof typeof Transition;

export const ShotSize = vocabulary('EXTREME_WIDE', 'WIDE', 'FULL', 'MEDIUM', 'CLOSE_UP', 'EXTREME_CLOSE_UP');
export type ShotSize = keyof typeof ShotSize;

export const CameraAngle = vocabulary('EYE_LEVEL', 'HIGH', 'LOW', 'OVERHEAD', 'DUTCH');
export type CameraAngle = keyof typeof CameraAngle;

export const CameraMovement = vocabulary('STATIC', 'PAN', 'TILT', 'ZOOM', 'DOLLY', 'HANDHELD');
export type CameraMovement = keyof typeof CameraMovement;

export const KeyframeRejection = vocabulary('BLUR', 'OCCLUSION', 'BLACK', 'FLAT');
export type KeyframeRejection = keyof typeof KeyframeRejection;

export const CueSource = vocabulary('FILE', 'STREAM', 'BURNED_IN', 'TRANSCRIPT');
export type CueSource = keyof typeof CueSource;

export const SignalName = vocabulary('MOTION', 'LIGHT', 'SATURATION', 'WARMTH', 'CUT_RHYTHM', 'LOUDNESS');
export type SignalName = keyof typeof SignalName;

/** What an event is, before anybody has read a meaning into it. */
export const EventType = vocabulary('LINE', 'SPEECH', 'SILENCE', 'LOUD_SOUND', 'ACTION', 'ENTRANCE', 'EXIT', 'ALONE');
export type EventType = keyof typeof EventType;

/** A side of the picture, as the audience sees it. */
export const FrameSide = vocabulary('LEFT', 'RIGHT');
export type FrameSide = keyof typeof FrameSide;

export const Emotion = vocabulary('JOY', 'TRUST', 'FEAR', 'SURPRISE', 'SADNESS', 'DISGUST', 'ANGER', 'ANTICIPATION');
export type Emotion = keyof typeof Emotion;

export const CausalRelation = vocabulary('ENABLES', 'CAUSES', 'MOTIVATES', 'REVEALS');
export type CausalRelation = keyof typeof CausalRelation;

export const LayoutDefect = vocabulary('TELEPORT', 'JITTER', 'OCCLUSION_ORDER', 'LINE_CROSSED', 'SCALE_JUMP');
export type LayoutDefect = keyof typeof LayoutDefect;

export const EditState = vocabulary('APPLIED', 'UNDONE', 'ORPHANED');
export type EditState = keyof typeof EditState;

export const EditOperation = vocabulary('CORRECT', 'RENAME', 'MERGE', 'SPLIT', 'ALIGN');
export type EditOperation = keyof typeof EditOperation;

/** What may not fit about an edit of characters. */
export const EditConflictKind = vocabulary('SAME_FRAME', 'TWO_NAMES', 'NAME_TAKEN', 'CONTRADICTION');
export type EditConflictKind = keyof typeof EditConflictKind;

export const JobKind = vocabulary('ANALYZE', 'IMPORT', 'ALIGN', 'REEL', 'IMAGINE', 'WRITE', 'PULL_MODEL');
export type JobKind = keyof typeof JobKind;

export const JobPriority = vocabulary('HIGH', 'NORMAL', 'LOW');
export type JobPriority = keyof typeof JobPriority;

export const LogLevel = vocabulary('INFO', 'WARNING');
export type LogLevel = keyof typeof LogLevel;

export const JobState = vocabulary('QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED');
export type JobState = keyof typeof JobState;
