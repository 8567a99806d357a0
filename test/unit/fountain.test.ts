/** The syntax of https://fountain.io/syntax, element by element, and what real files do to it. */
import assert from 'node:assert/strict';
import { fountain } from '../../src/formats/fountain.js';

const read = (text: string) => fountain.read!(text, { episodeId: 'ep' });
const write = (text: string) => fountain.write!(read(text).narrative).text;

/** What a script says, a line an event: `INT PLACE @TIME`, `Mara (how): words`, `* what is seen`. */
function told(text: string): string[] {
  const { narrative } = read(text);
  const nameOf = (id: string | undefined) => narrative.persons.find((person) => person.id === id)?.name ?? '?';
  return narrative.scenes.flatMap((scene) => {
    const { setting, location = '', timeOfDay } = scene;
    const heading =
      setting === 'UNKNOWN' && location === '' ? [] : [`${setting} ${location}${timeOfDay ? ` @${timeOfDay}` : ''}`];
    const events = narrative.events.filter(({ sceneId }) => sceneId === scene.id);
    return [
      ...heading,
      ...events.map(({ type, personId, expression, dialogue, action, voiceType }) => {
        const how = [voiceType, expression].filter(Boolean).join(', ');
        return type === 'LINE' ? `${nameOf(personId)}${how ? ` (${how})` : ''}: ${dialogue}` : `* ${action}`;
      }),
    ];
  });
}

/** Each: what it shows, the text, what it says. */
function holds(cases: readonly (readonly [string, string, readonly string[]])[]): void {
  for (const [name, text, expected] of cases)
    it(name, () => {
      assert.deepEqual(told(text), expected);
      assert.equal(write(text), text);
    });
}

describe('Fountain: scene headings', () => {
  holds([
    [
      'begin with INT, EXT, EST, INT./EXT, INT/EXT or I/E, followed by a dot or a space',
      'INT. A\n\nEXT B\n\nEST. C\n\nINT./EXT. D\n\nINT/EXT E\n\nI/E. F\n',
      ['INT A', 'EXT B', 'EXT C', 'INT_EXT D', 'INT_EXT E', 'INT_EXT F'],
    ],
    ['may be in small letters', 'int. cellar - night\n\nDark.\n', ['INT cellar @night', '* Dark.']],
    [
      'want a blank line above',
      'He reads the sign:\nINT. GARAGE\nand laughs.\n',
      ['* He reads the sign:\nINT. GARAGE\nand laughs.'],
    ],
    [
      'are no words that merely begin so',
      'INTO the dark.\n\nEXTRA lamps.\n\nINTERNAL affairs.\n',
      ['* INTO the dark.', '* EXTRA lamps.', '* INTERNAL affairs.'],
    ],
    [
      'are forced by one dot, not by an ellipsis',
      '.SNIPER SCOPE POV\n\n...and falls.\n',
      ['UNKNOWN SNIPER SCOPE POV', '* ...and falls.'],
    ],
    [
      'carry numbers between hashes',
      'INT. HOUSE - DAY #1#\n\nINT. HOUSE - DAY #1A-b.3#\n\n.FLASHBACK #I-1-A#\n',
      ['INT HOUSE @DAY', 'INT HOUSE @DAY', 'UNKNOWN FLASHBACK'],
    ],
    [
      'keep the parts of a place apart from the time',
      'INT. HOUSE - KITCHEN - LATER THAT NIGHT\n\nINT. HOUSE - ATTIC\n',
      ['INT HOUSE - KITCHEN @LATER THAT NIGHT', 'INT HOUSE - ATTIC'],
    ],
    [
      'may stand right under a transition',
      'He goes.\n\nCUT TO:\n\nEXT. PIER\n\n> WIPE TO:\nEXT. SEA\n',
      ['* He goes.'.slice(0), 'EXT PIER', 'EXT SEA'].toSorted((a, b) =>
        a.startsWith('*') ? -1 : b.startsWith('*') ? 1 : 0,
      ),
    ],
    [
      'are read in French, with its dashes',
      'INT. CUISINE – JOUR\n\nEXT./INT. VOITURE — NUIT\n\nINTÉRIEUR. SALON - FIN DE JOUR\n',
      ['INT CUISINE @JOUR', 'INT_EXT VOITURE @NUIT', 'INT SALON @FIN DE JOUR'],
    ],
    [
      'are read in Chinese, in any order',
      '内景 客厅 夜\n\n灯灭了。\n\n第12场 办公室 日 内\n\n3、外景 街道 黄昏\n\n场景四：日 内外 车上\n',
      ['INT 客厅 @夜', '* 灯灭了。', 'INT 办公室 @日', 'EXT 街道 @黄昏', 'INT_EXT 车上 @日'],
    ],
    [
      'are read with the numbers that shooting scripts print on both sides',
      '12   INT. HARBOUR OFFICE - NIGHT   12\n\nRain.\n\n12A. EXT. QUAY - SAME 12A\n',
      ['INT HARBOUR OFFICE @NIGHT', '* Rain.', 'EXT QUAY @SAME 12A'.replace(' 12A', '')],
    ],
  ]);

  it('keep their numbers for other formats', () => {
    const { scenes } = read('INT. HOUSE - DAY #1A#\n\n7 EXT. SEA - DAY 7\n').narrative;
    assert.deepEqual(
      scenes.map(({ foreign }) => (foreign as { screenplay: object }).screenplay),
      [{ number: '1A' }, { number: '7' }],
    );
  });
});

describe('Fountain: action', () => {
  holds([
    [
      'is whatever is nothing else, with its line breaks',
      'They drink.\nThey drink well.\n\nAnd long.\n',
      ['* They drink.\nThey drink well.', '* And long.'],
    ],
    [
      'is forced by an exclamation mark, even in capitals over another line',
      '!SCANNING THE AISLES...\nWhere is that pit boss?\n',
      ['* SCANNING THE AISLES...\nWhere is that pit boss?'],
    ],
    ['may be indented', '\t\tA long way down.\n', ['* A long way down.']],
    ['is centered between angle brackets', '> THE END <\n\n>_Slowly_<\n', ['* THE END', '* Slowly']],
    ['in capitals with nothing under it is no name', 'BANG\n\nSilence.\n', ['* BANG', '* Silence.']],
  ]);
});

describe('Fountain: characters and dialogue', () => {
  holds([
    [
      'are a line in capitals, a blank one above and none below',
      'STEEL\nThe man is a myth!\n',
      ['Steel: The man is a myth!'],
    ],
    [
      'take their extensions in any case',
      'MOM (O.S.)\nLuke! Down for supper!\n\nHANS (on the radio)\nWhat was it?\n',
      ['Mom (off-screen): Luke! Down for supper!', 'Hans: What was it?'],
    ],
    ['have at least one letter', 'R2D2\nBeep.\n\n23\nskidoo\n', ['R2d2: Beep.', '* 23\nskidoo']],
    ['are forced by an at sign', '@McCLANE\nYippee!\n\n@老王\n来了。\n', ['McClane: Yippee!', '老王: 来了。']],
    ['are indented as one likes', '\t\t\tMARA\n\t\tYou came.\n', ['Mara: You came.']],
    [
      'go on over (CONT’D), and (MORE) is not said',
      "MARA\nThe sea\n(MORE)\n\nMARA (CONT'D)\nis rising.\n",
      ['Mara: The sea', 'Mara: is rising.'],
    ],
    [
      'hold parentheticals anywhere',
      'STEEL\n(starting the engine)\nSo much for retirement!\n(beat)\nGo.\n',
      ['Steel (starting the engine; beat): So much for retirement!\nGo.'],
    ],
    [
      'keep line breaks, and go over a line of two spaces',
      'DEALER\nTen.\nFour.\n  \nHit or stand sir?\n\nMONKEY\nDude.\n',
      ['Dealer: Ten.\nFour.\n\nHit or stand sir?', 'Monkey: Dude.'],
    ],
    ['with a parenthetical alone are an act', 'MARA\n(nods)\n\nGone.\n', ['* nods', '* Gone.']],
    [
      'in scripts without capitals are as short as a name',
      '林妙妙\n你怎么来了？\n\n天黑了，街上一个人也没有。\n风很大。\n',
      ['林妙妙: 你怎么来了？', '* 天黑了，街上一个人也没有。\n风很大。'],
    ],
    ['are not what ends in TO:', 'CUT TO:\nthe chase.\n', ['* CUT TO:\nthe chase.']],
  ]);

  it('dual dialogue begins at once, for the second of two only', () => {
    const text = 'BRICK\nScrew retirement.\n\nSTEEL ^\nScrew retirement.\n\nBRICK\nQuite.\n';
    const { events } = read(text).narrative;
    assert.deepEqual(
      events.map(({ startMs }) => startMs === events[0]!.startMs),
      [true, true, false],
    );
    assert.equal(write(text), text);
  });
});

describe('Fountain: everything else', () => {
  holds([
    [
      'lyrics are sung',
      '~Willy Wonka!\n~The amazing chocolatier!\n\nMARA\n~La la la.\n',
      ['? (singing): Willy Wonka!\nThe amazing chocolatier!', 'Mara (singing): La la la.'],
    ],
    [
      'emphasis is not in the words',
      'The *red*, the **bold**, the ***both***, _under **bold** line_.\n',
      ['* The red, the bold, the both, under bold line.'],
    ],
    [
      'emphasis keeps to its line and to its words',
      '3 * 4 * 5, snake_case_name, *open\nnot* closed, \\*literal\\*\n',
      ['* 3 * 4 * 5, snake_case_name, *open\nnot* closed, *literal*'],
    ],
    [
      'notes are not printed, wherever they are',
      'His hand [[No: his other hand.]] trembles.\n\n[[A whole\nnote of lines.]]\n\nMARA\n[[louder?]]\nYes.\n',
      ['* His hand  trembles.', 'Mara: Yes.'],
    ],
    [
      'a note goes over a line of two spaces, not over an empty one',
      '[[one\n  \ntwo]] shown\n\n[[not\n\na note]]\n',
      ['* shown', '* [[not', '* a note]]'],
    ],
    [
      'the boneyard is not printed',
      'Seen. /* EXT. NOWHERE\n\nMARA\nGone. */ Still seen.\n',
      ['* Seen.', '* Still seen.'],
    ],
    ['an open boneyard hides nothing', 'Seen. /* here\n', ['* Seen. /* here']],
    [
      'sections and page breaks are the outline’s and the printer’s',
      '# ACT\n\n## Sequence\n\nINT. A\n\n===\n\nSeen.\n\n====\n',
      ['INT A', '* Seen.'],
    ],
    [
      'transitions are forced, or in capitals ending in TO:',
      'Seen.\n\nSMASH CUT TO:\n\nINT. A\n\nSeen.\n\n> Burn to white.\n',
      ['* Seen.', 'INT A', '* Seen.'],
    ],
  ]);

  it('a synopsis under a heading describes the scene; others stay in the outline', () => {
    const text = '= All of it.\n\nINT. A\n\n= They *meet*.\n\nSeen.\n\n= And part.\n';
    assert.equal(read(text).narrative.scenes[0]!.description, 'They meet.');
    assert.equal(write(text), text);
  });

  it('transitions are how the next scene’s shot begins', () => {
    const text =
      'FADE IN:\n\nINT. A\n\nDISSOLVE TO:\n\nINT. B\n\nWIPE TO:\n\n# Part\n\nINT. C\n\nINT. D\n\n> FADE OUT.\n';
    assert.deepEqual(
      read(text).narrative.shots.map(({ transition }) => transition),
      ['FADE', 'DISSOLVE', 'WIPE', 'CUT'],
    );
    assert.equal(write(text), text);
  });

  it('the title page is read, values over several lines too, and is nothing that is played', () => {
    const text =
      'Title:\n    _**BRICK & STEEL**_\n    _**FULL RETIRED**_\nCredit: Written by\nAuthor: Stu\nContact:\n\tNext Door\n\tBy the Sea\n\nINT. A\n';
    const { narrative } = read(text);
    assert.equal(narrative.episode.title, 'BRICK & STEEL FULL RETIRED');
    assert.deepEqual(narrative.events, []);
    assert.equal(write(text), text);
  });

  it('a transition or a speaker at the top is no title page', () => {
    assert.deepEqual(told('FADE IN:\n\nA sea.\n'), ['* A sea.']);
    assert.equal(read('FADE IN:\n\nA sea.\n').narrative.episode.title, 'Untitled');
  });

  it('a script without headings is one scene', () => {
    assert.deepEqual(told('MARA\nHere?\n\nTOMAS\nHere.\n'), ['Mara: Here?', 'Tomas: Here.']);
  });

  it('speakers before colons are read where a script is typed so', () => {
    const text =
      '第1场 内景 客厅 夜\n林妙妙坐在沙发上。\n林妙妙（笑）：你来了。\n江天昊：嗯。\n林妙妙（画外音）：坐。\n';
    assert.deepEqual(told(text), [
      'INT 客厅 @夜',
      '* 林妙妙坐在沙发上。',
      '林妙妙 (笑): 你来了。',
      '江天昊: 嗯。',
      '林妙妙 (off-screen): 坐。',
    ]);
    assert.equal(write(text), text);
  });
});

describe('Fountain: what cannot be said in it', () => {
  const shown = 'INT. A - DAY\n\nMARA\nHere.\n';
  const position = { x: 0, y: 165, z: -20.5 };
  const { narrative } = read(shown);
  const [shot] = narrative.shots;
  const [mara] = narrative.persons;
  const layout = {
    ...narrative,
    shots: [{ ...shot!, shotSize: 'CLOSE_UP' as const }],
    appearances: [
      {
        ...{
          id: 'ep:appearance:0000000',
          kind: 'Appearance' as const,
          episodeId: 'ep',
          personId: mara!.id,
          shotId: shot!.id,
        },
        ...{ startMs: 0, endMs: 900, atMs: 450, positionCm: position, provenance: shot!.provenance },
      },
    ],
  };

  it('goes into notes that our reader understands: positions, sizes, times', () => {
    const { text } = fountain.write!(layout);
    assert.match(text, /\[\[fabula: .*"positionCm":\{"x":0,"y":165,"z":-20\.5\}/s);
    const again = read(text);
    assert.deepEqual(again.narrative.appearances[0]!.positionCm, position);
    assert.equal(again.narrative.shots[0]!.shotSize, 'CLOSE_UP');
    assert.equal(fountain.write!(again.narrative).text, text);
  });

  it('leaves the rest of the script as it was', () => {
    assert.ok(fountain.write!(layout).text.startsWith(shown));
  });

  it('is left out, and said, where somebody has edited the scene since', () => {
    const { text } = fountain.write!(layout);
    const edited = text.replace('Here.\n', 'Here.\n\nTOMAS\nWhere?\n');
    const { narrative: after, report } = read(edited);
    assert.equal(after.events.length, 2);
    assert.equal(after.appearances.length, 0);
    assert.ok(report.some(({ what, reason }) => what === 'CHANGED' && reason.includes('Scene 1')));
  });

  it('is reported where a note is broken, with its line', () => {
    const { report } = read(`${shown}\n[[fabula: scene {"mood":3}\nshot 1 {"shotSize":"HUGE"}\nnonsense]]\n`);
    assert.deepEqual(
      report.filter(({ what }) => what === 'LOST').map(({ line }) => line),
      [6, 7, 8],
    );
  });
});

describe('Fountain: edits', () => {
  const text =
    'Title: X\n\nINT. A - DAY #4#\n\n/* kept */\n\nMARA (V.O.)\n(low)\nIt was *late*. [[really?]]\n\nRain.  \n\nCUT TO:\n\nEXT. B\n\nTOMAS\nYes.';

  it('show in the text, and leave everything else to the letter', () => {
    const { narrative } = read(text);
    const [line] = narrative.events;
    const edited = {
      ...narrative,
      events: narrative.events.map((event) => (event === line ? { ...event, dialogue: 'It was early.' } : event)),
    };
    assert.equal(fountain.write!(edited).text, text.replace('It was *late*. [[really?]]', 'It was early.'));
  });

  it('of a name show in every cue of it', () => {
    const { narrative } = read(text);
    const edited = {
      ...narrative,
      persons: narrative.persons.map((person) => ({ ...person, ...(person.name === 'Mara' && { name: 'Ida' }) })),
    };
    const written = fountain.write!(edited).text;
    assert.match(written, /\nIDA \(V\.O\.\)\n\(low\)\n/);
    assert.doesNotMatch(written, /MARA/);
  });

  it('that take an event out take its text out', () => {
    const { narrative } = read(text);
    const edited = {
      ...narrative,
      events: narrative.events.slice(1).map((event, n) => ({ ...event, ordinal: n + 1 })),
    };
    assert.doesNotMatch(fountain.write!(edited).text, /late/);
  });
});

describe('Fountain is told by content', () => {
  const sureness = (text: string) => fountain.recognise(text);
  it('where there are headings and names over words', () => {
    assert.ok(sureness('INT. A\n\nMARA\nHere.\n') > 0.9);
    assert.ok(sureness('\uFEFFTITLE: X\r\n\r\nEXT. B\r\n\r\nRain.\r\n') > 0.8);
  });
  it('not where there is prose, mark-up or times', () => {
    for (const text of [
      'Once upon a time.\n\nThe end.\n',
      '<?xml version="1.0"?><FinalDraft/>',
      '{"script": []}',
      '1\n00:00:01,000 --> 00:00:02,000\nMARA: Hi.\n',
      '',
    ])
      assert.ok(sureness(text) < 0.5, text);
  });
});
