/** Makes every vocabulary of `enums.ts` known to the GraphQL schema, under its own name, each word explained. */
import { registerEnumType } from 'type-graphql';
import * as enums from './enums.js';

function explain<Word extends string>(
  vocabulary: { readonly [W in Word]: W },
  name: string,
  description: string,
  words: { readonly [W in Word]: string },
): void {
  const valuesConfig = Object.fromEntries(
    Object.entries<string>(words).map(([word, meaning]) => [word, { description: meaning }]),
  );
  registerEnumType(vocabulary as Record<string, string>, { name, description, valuesConfig });
}

explain(enums.NodeKind, 'NodeKind', 'The nouns of the graph.', {
  Series: 'Episodes that share a world.',
  Episode: 'One film, episode, script or imagined variant.',
  Scene: 'Shots that play in one place and stretch of time.',
  Shot: 'An unbroken run of frames from one camera.',
  Keyframe: 'A frame that stands for its shot.',
  Person: 'Someone in one episode.',
  Character: 'Who a person is across a series.',
  Appearance: 'A person on screen within one shot.',
  StoryObject: 'A thing that may matter.',
  SpeechInterval: 'A stretch of speech.',
  SignalTrack: 'A quantity measured over the whole episode.',
  IdentityEmbedding: 'A face as a vector; served by nothing.',
  Cue: 'A timed piece of subtitle or transcript.',
  Event: 'Something that happens.',
  EmotionSample: 'How somebody feels at a moment.',
  Relationship: 'How one person stands to another.',
  RelationshipTurn: 'The moment a relationship changes.',
  CausalLink: 'One event leads to another.',
  Highlight: 'A moment worth showing.',
  LayoutIssue: 'Something wrong in the staging.',
  Counterfactual: 'What would have happened otherwise.',
  Edit: 'A person’s correction.',
  Job: 'Work that takes long.',
});

explain(enums.EpisodeSource, 'EpisodeSource', 'What an episode was made from.', {
  FILM: 'A video file.',
  SCRIPT: 'A script or another text.',
  IMAGINED: 'Another episode, told otherwise.',
});

explain(enums.Setting, 'Setting', 'Where a scene plays, as a slug line says it.', {
  INT: 'Inside.',
  EXT: 'Outside.',
  INT_EXT: 'Both, as in a car or at a window.',
  UNKNOWN: 'Nothing tells.',
});

explain(enums.Transition, 'Transition', 'How one shot gives way to the next.', {
  CUT: 'From one frame to the next.',
  FADE: 'Through black or white.',
  DISSOLVE: 'One picture melts into the other.',
  WIPE: 'One picture pushes the other out.',
  START: 'The film begins.',
});

explain(enums.ShotSize, 'ShotSize', 'How much of the people is in the frame.', {
  EXTREME_WIDE: 'People are specks in a landscape.',
  WIDE: 'People with much of the place around them.',
  FULL: 'Somebody from head to foot.',
  MEDIUM: 'From the waist or the knees up.',
  CLOSE_UP: 'Head and shoulders, or a face.',
  EXTREME_CLOSE_UP: 'A part of a face, or a detail.',
});

explain(enums.CameraAngle, 'CameraAngle', 'From where the camera looks.', {
  EYE_LEVEL: 'From the height of the eyes.',
  HIGH: 'From above.',
  LOW: 'From below.',
  OVERHEAD: 'Straight down.',
  DUTCH: 'With a tilted horizon.',
});

explain(enums.CameraMovement, 'CameraMovement', 'How the camera moves.', {
  STATIC: 'Not at all.',
  PAN: 'It turns to the side.',
  TILT: 'It turns up or down.',
  ZOOM: 'Its focal length changes.',
  DOLLY: 'It travels.',
  HANDHELD: 'It is carried and shakes.',
});

explain(enums.KeyframeRejection, 'KeyframeRejection', 'Why a frame cannot stand for its shot.', {
  BLUR: 'It is not sharp.',
  OCCLUSION: 'Something large hides the picture.',
  BLACK: 'It is too dark to see anything.',
  FLAT: 'It is almost of one colour.',
});

explain(enums.CueSource, 'CueSource', 'Where a cue was read.', {
  FILE: 'A subtitle file.',
  STREAM: 'A text stream in the film’s container.',
  BURNED_IN: 'The picture itself.',
  TRANSCRIPT: 'What is heard, written down by a model.',
});

explain(enums.SignalName, 'SignalName', 'What is measured over a whole episode.', {
  MOTION: 'How much the picture changes.',
  LIGHT: 'How bright it is.',
  SATURATION: 'How strong its colours are.',
  WARMTH: 'How far its colours lean to red rather than to blue.',
  CUT_RHYTHM: 'How fast it is cut.',
  LOUDNESS: 'How loud the sound is.',
});

explain(enums.EventType, 'EventType', 'What an event is, before anybody has read a meaning into it.', {
  LINE: 'Something is said, and the words are known.',
  SPEECH: 'Something is said; the words are not known.',
  SILENCE: 'It is quiet for long.',
  LOUD_SOUND: 'Something is far louder than its surroundings.',
  ACTION: 'Something is done.',
  ENTRANCE: 'Somebody who was not there comes in, before our eyes.',
  EXIT: 'Somebody leaves before our eyes, and is not seen again for now.',
  ALONE: 'Somebody is there and nobody else is seen or heard.',
});

explain(enums.FrameSide, 'FrameSide', 'A side of the picture, as the audience sees it.', {
  LEFT: 'The left edge.',
  RIGHT: 'The right edge.',
});

explain(enums.Emotion, 'Emotion', 'The eight primary emotions after Plutchik.', {
  JOY: 'Joy.',
  TRUST: 'Trust.',
  FEAR: 'Fear.',
  SURPRISE: 'Surprise.',
  SADNESS: 'Sadness.',
  DISGUST: 'Disgust.',
  ANGER: 'Anger.',
  ANTICIPATION: 'Anticipation.',
});

explain(enums.CausalRelation, 'CausalRelation', 'How one event leads to another.', {
  ENABLES: 'Without the first, the second could not be.',
  CAUSES: 'The first brings the second about.',
  MOTIVATES: 'Somebody does the second because of the first.',
  REVEALS: 'The second lets somebody know of the first.',
});

explain(enums.LayoutDefect, 'LayoutDefect', 'What can be wrong in the staging.', {
  TELEPORT: 'Somebody is elsewhere at once.',
  JITTER: 'Somebody’s place trembles.',
  OCCLUSION_ORDER: 'What is behind hides what is in front.',
  LINE_CROSSED: 'The camera jumps over the line between two people.',
  SCALE_JUMP: 'Somebody grows or shrinks at once.',
});

explain(enums.EditState, 'EditState', 'Whether a correction shows.', {
  APPLIED: 'It shows.',
  UNDONE: 'It was taken back.',
  ORPHANED: 'A new analysis no longer has what it was made on; it waits.',
});

explain(enums.EditOperation, 'EditOperation', 'What a person can do to the graph.', {
  CORRECT: 'Give a field another value.',
  RENAME: 'Name a character in all its episodes.',
  MERGE: 'Make several characters one.',
  SPLIT: 'Take persons or moments out of a character, to be another one.',
  ALIGN: 'Lay a script over a film: its names and words, the film’s times.',
});

explain(enums.EditConflictKind, 'EditConflictKind', 'What may not fit about an edit of characters.', {
  SAME_FRAME: 'Two who were merged are on screen at once, in two places.',
  TWO_NAMES: 'Those who were merged have different names.',
  NAME_TAKEN: 'Another character has this name.',
  CONTRADICTION: 'Another edit says otherwise; the later one holds.',
});

explain(enums.JobKind, 'JobKind', 'Work that takes long.', {
  ANALYZE: 'Watch a film and load its graph.',
  IMPORT: 'Read a script and load its graph.',
  ALIGN: 'Find a script’s lines in a film, and lay it over the film.',
  REEL: 'Cut a reel of highlights.',
  IMAGINE: 'Tell an episode otherwise.',
  WRITE: 'Write a shooting script.',
  PULL_MODEL: 'Fetch a perception model.',
});

explain(enums.JobPriority, 'JobPriority', 'Which of the jobs that wait are taken first.', {
  HIGH: 'Before all others.',
  NORMAL: 'As usual: the one that waits longest.',
  LOW: 'When nothing else waits.',
});

explain(enums.LogLevel, 'LogLevel', 'Whether somebody should look.', {
  INFO: 'As it should be.',
  WARNING: 'Something went wrong, or may.',
});

explain(enums.JobState, 'JobState', 'How far a job has come.', {
  QUEUED: 'It waits for a worker.',
  RUNNING: 'A worker is at it.',
  DONE: 'It is done.',
  FAILED: 'It failed; `error` says why.',
  CANCELLED: 'Somebody stopped it.',
});

export * from './enums.js';
