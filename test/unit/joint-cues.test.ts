/** Lines that several say at once, in Fountain and Final Draft. */
import assert from 'node:assert/strict';
import type { Narrative } from '../../schema/narrative.js';
import { fdx } from '../../src/formats/fdx.js';
import { fountain } from '../../src/formats/fountain.js';

const text = `INT. PIER - DUSK

MARA
You came.

MARA & TOMAS (O.S.)
(loudly)
We came!

SALT & PEPPER
Push it.

MR. & MRS. REED
No.

MRS. REED
Never.

TOMAS
So?
`;
const screenplay = fountain.read!(text, { episodeId: 'ep' }).narrative;
const spoken = ({ persons, events }: Narrative) =>
  events.map(({ personId, dialogue, voiceType }) => {
    const name = persons.find(({ id }) => id === personId)?.name;
    return `${name}${voiceType ? ` (${voiceType})` : ''}: ${dialogue}`;
  });
const told = [
  'Mara: You came.',
  'Mara (off-screen): We came!',
  'Tomas (off-screen): We came!',
  'Salt & Pepper: Push it.',
  'Mr. & Mrs. Reed: No.',
  'Mrs. Reed: Never.',
  'Tomas: So?',
];

for (const format of [fountain, fdx])
  describe(`A line of several in ${format.title}`, () => {
    const original = format === fountain ? text : format.write!(screenplay).text;
    const read = (given = original) => format.read!(given, { episodeId: 'ep' }).narrative;

    it('is one of each who speaks alone, too, at the same time, and nobody is made of two', () => {
      const narrative = read();
      assert.deepEqual(spoken(narrative), told);
      const [, one, other] = narrative.events;
      assert.equal(one!.startMs, other!.startMs);
      assert.equal(narrative.persons.find(({ name }) => name === 'Tomas')!.lineCount, 2);
    });

    it('comes out as it was, and as two once one of them says something else', () => {
      const narrative = read();
      assert.equal(format.write!(narrative).text, original);
      for (const changed of [1, 2]) {
        const events = narrative.events.map((event, n) => (n === changed ? { ...event, dialogue: 'Not me.' } : event));
        const edited = format.write!({ ...narrative, events }).text;
        assert.deepEqual(
          spoken(read(edited)),
          told.map((line, n) => (n === changed ? line.replace('We came!', 'Not me.') : line)),
        );
        const [before, after] = [original, edited].map((whole) => whole.slice(whole.indexOf('Push it.')));
        assert.equal(after, before);
      }
    });

    it('is not made of one whose name looks like two', () => {
      const narrative = read();
      const persons = narrative.persons.map((person) =>
        person.name === 'Salt & Pepper' ? { ...person, name: 'Mara & Tomas' } : person,
      );
      assert.deepEqual(
        spoken(read(format.write!({ ...narrative, persons }).text)),
        told.map((line) => line.replace('Salt & Pepper', 'Mara & Tomas')),
      );
    });
  });
