import { counted } from '../../src/narrative/counted.js';
import { readLines } from '../detectors/lines.js';
import { findLoudSounds, findSilences, findUnscriptedSpeech } from '../detectors/sound/sound-events.js';
import type { EventsFinding, FoundEvent } from '../findings.js';
import { defineStage } from '../stage.js';

/** What happens and can be told from cues and sound: lines, speech without words, pauses, loud sounds. */
export const eventsStage = defineStage({
  name: 'events',
  version: '1',
  needs: ['probe', 'shots', 'sound', 'cues'],
  settings: () => null,
  async run({ progress }, { probe, shots, sound, cues }): Promise<EventsFinding> {
    const durationMs = Math.max(probe.durationMs, shots.durationMs);
    const lines = readLines(cues.cues);
    const spoken = [...sound.speech, ...lines.filter((line) => line.type === 'LINE')];
    const heard = sound.loudness
      ? [...findSilences(sound.loudness, spoken, durationMs), ...findLoudSounds(sound.loudness, spoken, durationMs)]
      : [];
    const events = [...lines, ...findUnscriptedSpeech(sound.speech, lines), ...heard]
      .map((event) => ({ ...event, endMs: Math.min(event.endMs, durationMs) }))
      .filter((event) => event.startMs < event.endMs)
      .toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);
    progress(1);
    return { summary: summarise(events), gaps: [], events };
  },
});

function summarise(events: readonly FoundEvent[]): string {
  const count = (type: FoundEvent['type']) => events.filter((event) => event.type === type).length;
  const parts = [
    counted(count('LINE'), 'line'),
    counted(count('SPEECH'), 'stretch of speech without words', 'stretches of speech without words'),
    counted(count('SILENCE'), 'pause'),
    counted(count('LOUD_SOUND'), 'loud sound'),
    ...(count('ACTION') > 0 ? [counted(count('ACTION'), 'captioned sound')] : []),
  ];
  return `${parts.join(', ')}.`;
}
