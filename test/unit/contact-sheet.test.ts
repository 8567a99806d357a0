import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Character } from '../../schema/character.js';
import type { Narrative } from '../../schema/narrative.js';
import { type ContactSheet, writeContactSheet } from '../../src/formats/contact-sheet/page.js';
import { chooseFaces, layFaceWall, type WallFace, wallLimits } from '../../src/narrative/face-wall.js';
import { squareAroundFace } from '../../workers/face-crops.js';
import { runsOf } from '../../workers/media/frames-at.js';
import { castFilm } from '../cast-films.js';
import { narratives } from '../narratives.js';

const sight = (shot: number, actor: number) => ({ shot, actor, isHeard: false });
const film = castFilm({ episodeId: 'film', sights: [sight(4, 1), sight(1, 0), sight(0, 0), sight(2, 0), sight(1, 1)] });
const named = (personId: string, name: string): Character => ({
  ...{ id: `character:${personId}`, kind: 'Character', episodeId: 'film', name, aliases: [] },
});
const everybody = (personId: string) => named(personId, `Who is ${personId}`);
const face = (atMs: number, confidence: number): WallFace => ({
  ...{ appearanceId: `a${atMs}`, shotId: 's', shotOrdinal: 1, atMs, confidence, isDoubtful: confidence < 0.5 },
});
const sheetOf = (narrative: Narrative, characterOf = everybody, more: Partial<ContactSheet> = {}): ContactSheet => ({
  wall: layFaceWall(narrative, characterOf),
  ...{ crops: new Map(), portraits: new Map(), substitutes: new Set(), notes: [], ...more },
});
const page = (...given: Parameters<typeof sheetOf>) => writeContactSheet(sheetOf(...given));

describe('the face wall', () => {
  it('puts the longest on screen first, and their faces in order of time', () => {
    const { characters } = layFaceWall(film, everybody);
    assert.deepEqual(
      characters.map(({ screenTimeMs, shotCount, faces }) => ({
        ...{ screenTimeMs, shotCount },
        shots: faces.map(({ shotOrdinal }) => shotOrdinal),
      })),
      [
        { screenTimeMs: 6000, shotCount: 3, shots: [1, 2, 3] },
        { screenTimeMs: 4000, shotCount: 2, shots: [2, 5] },
      ],
    );
  });

  it('keeps faces that no character is linked to, apart', () => {
    const [first, second] = film.persons;
    const wall = layFaceWall(film, (personId) => (personId === first!.id ? named(personId, 'Mara') : undefined));
    assert.equal(wall.characters.length, 1);
    assert.deepEqual(
      wall.nobodys.faces.map(({ appearanceId }) => appearanceId).sort(),
      film.appearances
        .filter(({ personId }) => personId === second!.id)
        .map(({ id }) => id)
        .sort(),
    );
  });

  it('gives two persons who are one character one sheet', () => {
    const [one] = layFaceWall(film, () => named('x', 'Mara')).characters;
    assert.equal(one?.faces.length, 5);
    assert.equal(one?.screenTimeMs, 10_000);
    assert.equal(one?.shotCount, 4);
  });

  it('calls a face as doubtful as the weaker of who it is and whether it is one', () => {
    const [first] = film.appearances;
    const fields = [{ field: 'faceBox', by: 'people', confidence: 0.31 }];
    const unsure = { ...first!, provenance: { ...first!.provenance, fields } };
    const wall = layFaceWall({ ...film, appearances: [unsure, ...film.appearances.slice(1)] }, everybody);
    const doubtful = wall.characters.flatMap(({ faces }) => faces).filter(({ isDoubtful }) => isDoubtful);
    assert.deepEqual(
      doubtful.map(({ appearanceId, confidence }) => [appearanceId, confidence]),
      [[first!.id, 0.31]],
    );
    assert.equal(wall.characters[0]?.doubtful, 1);
  });

  it('shows as many as asked for: the most doubtful ones, and some from all over the film', () => {
    const faces = Array.from({ length: 100 }, (_, n) => face(n, n % 10 === 0 ? n / 1000 : 0.9));
    const times = (most: number) => chooseFaces(faces, most).map(({ atMs }) => atMs);
    assert.deepEqual(times(4), [0, 10, 26, 75]);
    assert.equal(times(20).length, 20);
    assert.equal(times(20).filter((atMs) => atMs % 10 === 0).length, 10);
    assert.deepEqual(times(100).length, 100);
  });

  it('never shows more than it may, loses count of none, and keeps order', () => {
    fc.assert(
      fc.property(narratives, fc.integer({ min: 1, max: 6 }), (narrative, facesInAll) => {
        const wall = layFaceWall(narrative, everybody, { facesEach: 3, facesInAll });
        const sheets = [...wall.characters, wall.nobodys];
        const count = sheets.reduce((sum, { faces, leftOut }) => sum + faces.length + leftOut, 0);
        assert.equal(count, narrative.appearances.length);
        for (const { faces } of sheets) {
          assert.ok(faces.length <= 3);
          assert.deepEqual(
            faces,
            [...faces].sort((a, b) => a.atMs - b.atMs),
          );
        }
        const shown = sheets.reduce((sum, { faces }) => sum + faces.length, 0);
        assert.ok(shown <= Math.max(facesInAll, sheets.length));
      }),
      { numRuns: 60 },
    );
  });
});

describe('a contact sheet', () => {
  it('escapes every text, and lets no script run but its own', () => {
    const hostile = `</title><script>alert("1")</script><img src=x onerror='x'>&\u0000`;
    const episode = {
      ...film.episode,
      title: hostile,
      report: { stages: [], gaps: [{ stage: 'persons', missing: hostile, remedy: hostile }] },
    };
    const characterOf = (personId: string) => ({ ...named(personId, hostile), id: hostile, aliases: [hostile] });
    const text = page({ ...film, episode }, characterOf, { notes: [hostile] });
    const own = text.match(/<script>/g)!.length;
    assert.equal(own, 1);
    assert.doesNotMatch(text, /<img src=x|alert\("1"\)/);
    assert.match(text, /&lt;script&gt;alert\(&quot;1&quot;\)/);
    assert.doesNotMatch(text, /\0/);
    assert.match(text, /default-src 'none'; img-src data:; style-src 'sha256-[\w+/=]+'; script-src 'sha256-/);
  });

  it('says how to correct what is wrong, with ids that a shell takes as they are', () => {
    const [first, second] = film.persons.map(({ id }) => `character:${id}`);
    const text = page(film);
    assert.ok(text.includes(`fabula rename ${first} &quot;NAME&quot;`));
    assert.ok(text.includes(`fabula merge ${first} ${second}`));
    assert.ok(text.includes(`fabula split ${first} --appearances ${film.appearances[0]!.id}`));
    const alone = page(castFilm({ episodeId: 'alone', sights: [sight(0, 0)] }));
    assert.doesNotMatch(alone, /fabula split character|fabula merge character/);
    const odd = page(film, (personId) => ({ ...named(personId, 'x'), id: "it's; rm" }));
    assert.ok(odd.includes('fabula rename &#39;it&#39;\\&#39;&#39;s; rm&#39; '));
  });

  it('tells in words what each picture shows', () => {
    const [first] = film.appearances;
    const text = page(film, (personId) => named(personId, 'Mara'), {
      crops: new Map([[first!.id, Buffer.from('jpeg')]]),
    });
    assert.match(
      text,
      /<img alt="Face: Mara, shot 1 at 0:00\.0, 90 % sure" [^>]*src="data:image\/jpeg;base64,anBlZw=="/,
    );
    assert.match(text, /aria-label="Face: Mara, shot 2 at 0:02\.0, 90 % sure: no picture"/);
    assert.doesNotMatch(text, /<img (?!alt="[^"]+")/);
    assert.doesNotMatch(text, /(src|href)="(?!data:|#)/);
  });

  it('says how many more there are, and marks what is doubtful', () => {
    const many = Array.from({ length: 60 }, (_, n) => ({
      ...film.appearances[0]!,
      id: `film:appearance:${n}`,
      provenance: { ...film.appearances[0]!.provenance, confidence: n < 3 ? 0.2 : 0.9 },
    }));
    const text = page({ ...film, appearances: many });
    assert.match(text, new RegExp(`And ${60 - wallLimits.facesEach} more`));
    assert.equal(text.match(/<li class="doubtful">/g)?.length, 3);
    assert.match(text, /60 appearances, 3 of them doubtful/);
  });

  it('can be written for any narrative, an empty one included', () => {
    assert.match(page({ ...film, persons: [], appearances: [] }), /Nobody was found in this episode/);
    fc.assert(
      fc.property(narratives, (narrative) => {
        assert.match(page(narrative), /^<!doctype html>[\s\S]*<\/html>\n$/);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a crop', () => {
  const frame = { width: 640, height: 360 };

  it('is a square around the face with some of what surrounds it', () => {
    assert.deepEqual(squareAroundFace({ x: 0.45, y: 0.4, width: 0.1, height: 0.2 }, frame), {
      centre: { x: 320, y: 180 },
      sidePx: 72 * 1.8,
      angle: 0,
    });
  });

  it('stays on the picture, but for a face that is larger than it', () => {
    const corner = squareAroundFace({ x: 0, y: 0.9, width: 0.1, height: 0.1 }, frame);
    assert.deepEqual(corner.centre, { x: corner.sidePx / 2, y: 360 - corner.sidePx / 2 });
    const wide = squareAroundFace({ x: 0, y: 0, width: 1, height: 1 }, frame);
    assert.deepEqual([wide.centre, wide.sidePx], [{ x: 320, y: 180 }, 640]);
  });

  it('is sought near others, or by itself', () => {
    assert.deepEqual(runsOf([0, 5_000, 12_000, 30_000]), [[0, 5_000, 12_000], [30_000]]);
    assert.deepEqual(
      runsOf(Array.from({ length: 250 }, (_, n) => n)).map(({ length }) => length),
      [64, 64, 64, 58],
    );
  });
});
