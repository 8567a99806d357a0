/** The scenes of a table's rows: rows that follow each other and say the same scene are in one. */
import { Setting } from '../../../schema/enums.js';
import type { Narrative } from '../../../schema/narrative.js';
import type { Scene } from '../../../schema/scene.js';
import type { DraftScene } from '../script/script-draft.js';
import { type RowValues, sceneColumns } from './columns.js';
import type { ReadRow } from './table-format.js';

const names = sceneColumns.map(({ name }) => name);

/** Whether a table tells scenes apart. */
export const tellsScenes = (columns: ReadonlySet<string>): boolean => names.some((name) => columns.has(name));

export interface SceneRows {
  readonly scene: Omit<DraftScene, 'shots'>;
  readonly rows: readonly ReadRow[];
}

export function scenesOf(rows: readonly ReadRow[], columns: ReadonlySet<string>): SceneRows[] {
  const told = columns.has('scene') ? ['scene'] : names;
  const keyOf = ({ values }: ReadRow) => JSON.stringify(told.map((name) => values[name]));
  const groups: ReadRow[][] = [];
  let last: string | undefined;
  for (const row of rows) {
    const key = keyOf(row);
    if (key === last) groups.at(-1)?.push(row);
    else groups.push([row]);
    last = key;
  }
  return groups.map((group, n) => ({ scene: sceneOf(group, n), rows: group }));
}

function sceneOf(rows: readonly ReadRow[], n: number): Omit<DraftScene, 'shots'> {
  const first = (name: string) => rows.find(({ values }) => values[name] !== undefined)?.values[name];
  const number = first('scene');
  const setting = first('setting');
  return {
    ...(number !== undefined && number !== String(n + 1) && { number }),
    ...(setting !== undefined && setting in Setting && { setting: setting as Setting }),
    location: first('location'),
    timeOfDay: first('timeOfDay'),
    environment: first('environment'),
    mood: first('mood'),
  };
}

/** What rows say of the scene that they are in. */
export function sceneValues({ scenes }: Narrative): (sceneId: string) => RowValues {
  const values = new Map(scenes.map((scene) => [scene.id, valuesOf(scene)]));
  return (sceneId) => values.get(sceneId) ?? {};
}

function valuesOf({ ordinal, setting, location, timeOfDay, environment, mood, foreign }: Scene): RowValues {
  const { number } = (foreign?.screenplay ?? {}) as { number?: unknown };
  return said({
    scene: typeof number === 'string' ? number : String(ordinal),
    setting: setting === 'UNKNOWN' ? undefined : setting,
    ...{ location, timeOfDay, environment, mood },
  });
}

/** Values without those that say nothing. */
export function said(values: Readonly<Record<string, string | undefined>>): RowValues {
  const found: Record<string, string> = {};
  for (const [name, value] of Object.entries(values)) if (value !== undefined && value !== '') found[name] = value;
  return found;
}
