/** Final Draft files: what they say, what people change in them, and what somebody may hide in them. */
import assert from 'node:assert/strict';
import { fdx } from '../../src/formats/fdx.js';
import { fountain } from '../../src/formats/fountain.js';

const read = (text: string) => fdx.read!(text, { episodeId: 'ep' }).narrative;
const paragraph = (type: string, text: string, more = '') =>
  `    <Paragraph${more} Type="${type}">\n      <Text>${text}</Text>\n    </Paragraph>\n`;
const file = (...paragraphs: string[]) =>
  `<?xml version="1.0" encoding="UTF-8" standalone="no" ?>\n<FinalDraft DocumentType="Script" Template="No" Version="5">\n  <Content>\n${paragraphs.join('')}  </Content>\n  <TitlePage>\n    <Content>\n      <Paragraph Alignment="Center"><Text>The Light</Text></Paragraph>\n    </Content>\n  </TitlePage>\n  <SmartType/>\n</FinalDraft>\n`;

const sample = file(
  paragraph('Action', 'FADE IN:'),
  paragraph('Scene Heading', 'INT. HOUSE &amp; GARDEN - DAY', ' Number="12A"'),
  '    <Paragraph Type="Action"><Text>The </Text><Text Style="Italic">red</Text><Text> boat.</Text></Paragraph>\n',
  paragraph('Character', 'MARA (V.O.)'),
  paragraph('Parenthetical', '(low)'),
  '    <Paragraph Type="Dialogue"><ScriptNote ID="1"><Paragraph><Text>really?</Text></Paragraph></ScriptNote><Text>It&#8217;s late.</Text></Paragraph>\n',
  paragraph('Shot', 'CLOSE ON THE LAMP'),
  paragraph('Action', 'It burns.'),
  `    <Paragraph><DualDialogue>\n${paragraph('Character', 'MARA')}${paragraph('Dialogue', 'No.')}${paragraph('Character', 'TOMAS')}${paragraph('Dialogue', 'Yes.')}</DualDialogue></Paragraph>\n`,
  paragraph('Transition', 'DISSOLVE TO:'),
  paragraph('Scene Heading', 'EXT. SEA - NIGHT'),
);

describe('Final Draft', () => {
  const narrative = read(sample);

  it('gives scenes, shots, lines and who says them together', () => {
    assert.equal(narrative.episode.title, 'The Light');
    assert.deepEqual(
      narrative.scenes.map(({ setting, location, timeOfDay }) => [setting, location, timeOfDay]),
      [
        ['INT', 'HOUSE & GARDEN', 'DAY'],
        ['EXT', 'SEA', 'NIGHT'],
      ],
    );
    assert.deepEqual((narrative.scenes[0]!.foreign as { screenplay: object }).screenplay, { number: '12A' });
    assert.deepEqual(
      narrative.shots.map(({ transition, shotSize, focus }) => [transition, shotSize, focus]),
      [
        ['FADE', undefined, undefined],
        ['CUT', 'CLOSE_UP', 'THE LAMP'],
        ['DISSOLVE', undefined, undefined],
      ],
    );
    const [boat, line, , no, yes] = narrative.events;
    assert.equal(boat!.action, 'The red boat.');
    assert.deepEqual([line!.dialogue, line!.expression, line!.voiceType], ['It’s late.', 'low', 'voice-over']);
    assert.equal(no!.startMs, yes!.startMs);
  });

  it('comes out to the letter, an edit apart', () => {
    assert.equal(fdx.write!(narrative).text, sample);
    const events = narrative.events.map((event) =>
      event.dialogue === 'No.' ? { ...event, dialogue: 'Never <again>.' } : event,
    );
    const edited = fdx.write!({ ...narrative, events }).text;
    assert.equal(read(edited).events.find(({ dialogue }) => dialogue === 'Never <again>.')?.type, 'LINE');
    assert.match(edited, /Never &lt;again&gt;\./);
    assert.match(edited, /<Text Style="Italic">red<\/Text>/);
  });

  it('takes another title into its own title page', () => {
    const episode = { ...narrative.episode, title: 'The Dark' };
    assert.equal(fdx.write!({ ...narrative, episode }).text, sample.replace('The Light', 'The Dark'));
  });

  it('and Fountain give each other the same story, dual dialogue too', () => {
    const across = fountain.read!(fountain.write!(narrative).text, { episodeId: 'ep' }).narrative;
    const view = ({ events }: typeof narrative) =>
      events.map(({ type, startMs, dialogue, action, expression }) => ({
        type,
        startMs,
        dialogue,
        action,
        expression,
      }));
    assert.deepEqual(view(across), view(narrative));
    const back = fdx.write!(across).text;
    assert.match(back, /<DualDialogue>/);
    assert.deepEqual(view(read(back)), view(narrative));
  });
});

describe('A Final Draft file', () => {
  const refused = (text: string) => assert.throws(() => read(text), { code: 'SCRIPT_UNREADABLE' });
  const cpuMs = () => process.cpuUsage().user / 1000;

  it('that declares entities is refused before any of them grows', () => {
    const laughs = Array.from({ length: 9 }, (_, n) => `<!ENTITY lol${n + 1} "${`&lol${n};`.repeat(10)}">`).join('');
    const before = cpuMs();
    refused(
      `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol0 "lol">${laughs}]>${file(paragraph('Action', '&lol9;'))}`,
    );
    assert.ok(cpuMs() - before < 500);
  });

  it('that reaches outside is refused, and reads no file', () => {
    refused(`<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>${file(paragraph('Action', '&x;'))}`);
    refused(`<!DOCTYPE a SYSTEM "http://127.0.0.1/a.dtd">${file(paragraph('Action', 'x'))}`);
  });

  it('with an entity that nobody declared keeps it as it stands', () => {
    assert.equal(read(file(paragraph('Action', 'A &nothing; B'))).events[0]!.action, 'A &nothing; B');
  });

  it('that is nested without end is refused', () => {
    const deep = 100_000;
    refused(`<FinalDraft><Content>${'<a>'.repeat(deep)}${'</a>'.repeat(deep)}</Content></FinalDraft>`);
  });

  it('that is cut off, or is no script, is refused with line and column where there are any', () => {
    assert.throws(() => read(sample.slice(0, 600)), /Line \d+, column \d+/);
    refused('<FinalDraft/>');
    refused('<html><body/></html>');
    refused(file());
  });

  it('that is large is read in time that grows with it', () => {
    const long = file(
      ...Array.from({ length: 4_000 }, () => paragraph('Action', 'The lamp burns on over an empty table.')),
    );
    const before = cpuMs();
    assert.equal(read(long).events.length, 4_000);
    assert.ok(cpuMs() - before < 5_000);
  });
});
