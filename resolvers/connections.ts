/** The pages that the API answers with, one for each noun that is listed. */
import { Character } from '../schema/character.js';
import { Cue } from '../schema/cue.js';
import { Edit } from '../schema/edit.js';
import { Episode } from '../schema/episode.js';
import { Event } from '../schema/event.js';
import { Job } from '../schema/job.js';
import { Scene } from '../schema/scene.js';
import { Shot } from '../schema/shot.js';
import { SpeechInterval } from '../schema/speech-interval.js';
import { connectionType } from './paging.js';

export const CharacterConnection = connectionType(Character, 'Character');
export const CueConnection = connectionType(Cue, 'Cue');
export const EditConnection = connectionType(Edit, 'Edit');
export const EpisodeConnection = connectionType(Episode, 'Episode');
export const EventConnection = connectionType(Event, 'Event');
export const JobConnection = connectionType(Job, 'Job');
export const SceneConnection = connectionType(Scene, 'Scene');
export const ShotConnection = connectionType(Shot, 'Shot');
export const SpeechIntervalConnection = connectionType(SpeechInterval, 'SpeechInterval');
