/** What somebody does, shows and says in a shot, as one entry of a case holds it. */
import { known } from '../script/nodes.js';
import type { DraftAppearance, DraftElement } from '../script/script-draft.js';
import type { SkyPerson } from './fields.js';
import { keptOf } from './kept.js';

/**
 * Of an appearance and the events of that person in the shot. `said` is what the entry said that the appearance was read
 * from; `lines` is what became of the lines that were read, by what they were. Whichever of appearance and event says
 * something else than the entry did is taken.
 */
export function doings(
  { action, expression }: DraftAppearance,
  own: readonly DraftElement[],
  said: SkyPerson | undefined,
  lines: ReadonlyMap<string, string | undefined>,
): Pick<SkyPerson, 'action' | 'expression' | 'line'> {
  const read = own.find((element) => element.type === 'ACTION' && keptOf(element));
  const acts = own.filter((element) => element.type === 'ACTION' && element !== read && element.action !== undefined);
  const spoken = own
    .filter((element) => element.type === 'LINE' && !keptOf(element))
    .flatMap(({ dialogue }) => dialogue ?? []);
  const line = said?.line === undefined ? undefined : lines.get(said.line);
  const newer = <Value>(then: Value, seen: Value, event: Value) => (seen === then ? event : seen);
  const done = read ? newer(said?.action, action, read.action) : action;
  return known({
    action:
      done ??
      joined(
        acts.map((element) => element.action ?? ''),
        '; ',
      ),
    expression: read ? newer(said?.expression, expression, read.expression) : (expression ?? acts[0]?.expression),
    line: joined([...(line === undefined ? [] : [line]), ...spoken], ' '),
  }) as Pick<SkyPerson, 'action' | 'expression' | 'line'>;
}

const joined = (texts: readonly string[], by: string): string | undefined =>
  texts.length > 0 ? texts.join(by) : undefined;
