/** Which key of OmniScript's JSON holds which field of our nouns, in the order in which keys are written. */

/** Of scenes; `scene_id`, `type` and `events` apart. */
export const sceneFields = [
  ['location', 'location'],
  ['environment', 'environment'],
  ['time', 'timeOfDay'],
  ['mood', 'mood'],
] as const;

/** Of events; `timestamp` and `character` apart. */
export const eventFields = [
  ['action', 'action'],
  ['expression', 'expression'],
  ['dialogue', 'dialogue'],
  ['audio_cue', 'audioCue'],
  ['subtext', 'subtext'],
  ['voice_type', 'voiceType'],
] as const;

/** Of a high point's reasoning. */
export const reasoningChannels = [
  ['visual', 'visual'],
  ['audio', 'audio'],
  ['text', 'text'],
  ['psychology', 'psychology'],
] as const;

/** Words for inside and outside. */
export const settingWords = {
  INT: 'Interior',
  EXT: 'Exterior',
  INT_EXT: 'Interior/Exterior',
  UNKNOWN: undefined,
} as const;
