import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FabulaError } from '../../schema/errors.js';
import { readForm, writeForm } from '../../src/formats/calibration-form.js';
import { type CalibrationItem, calibrationItems } from '../../src/narrative/calibration/calibration-item.js';
import { reportOn } from '../../src/narrative/calibration/calibration-report.js';
import { samplePacket } from '../../src/narrative/calibration/sample-packet.js';
import { type Judgement, outcomesOf, type Verdict } from '../../src/narrative/calibration/verdict.js';
import { wilsonInterval } from '../../src/narrative/calibration/wilson-interval.js';
import { correctField } from '../../src/narrative/correct-field.js';
import { harbour } from '../api/harbour.fixture.js';

const item = (n: number, field = 'dialogue', more: Partial<CalibrationItem> = {}): CalibrationItem => ({
  ...{
    episodeId: 'film',
    nodeId: `film:event:${String(n).padStart(5, '0')}`,
    kind: 'Event',
    field,
    value: `line ${n}`,
  },
  ...{ startMs: n * 1000, endMs: n * 1000 + 500 },
  ...more,
});
const many = (count: number, field: string) => Array.from({ length: count }, (_, n) => item(n, field));
const word = (n: number, verdict: Verdict | undefined, annotator = 'ann', fixed?: string): Judgement => ({
  ...{ item: item(n), annotator },
  ...(verdict && { verdict }),
  ...(fixed !== undefined && { fixed }),
});

describe('items to be judged', () => {
  it('are what an episode says, with the moment to look at, but for what people have corrected', () => {
    const film = harbour();
    const found = calibrationItems(film);
    const said = (nodeId: string, field: string) =>
      found.find((each) => each.nodeId === nodeId && each.field === field);
    assert.deepEqual(said('harbour:event1', 'personId'), {
      ...{ episodeId: 'harbour', nodeId: 'harbour:event1', kind: 'Event', field: 'personId', value: 'Mara' },
      ...{ startMs: 11_000, endMs: 15_000 },
    });
    assert.equal(said('harbour:scene1', 'location')?.value, 'the quay');
    assert.deepEqual([said('harbour:crate', 'name')?.startMs, said('harbour:mara', 'name')?.startMs], [0, undefined]);
    assert.equal(said('harbour:shot1', 'transition'), undefined);
    const scenes = film.scenes.map((scene) => correctField(scene, scene, 'location', 'the pier'));
    assert.ok(!calibrationItems({ ...film, scenes }).some(({ field }) => field === 'location'));
  });
});

describe('a packet', () => {
  const all = [...many(3000, 'dialogue'), ...many(900, 'action'), ...many(99, 'expression'), ...many(1, 'subtext')];

  it('holds each field by its share, one item at least, spread over time', () => {
    const { items, strata, population } = samplePacket(all, 400, 1);
    assert.equal(population, 4000);
    assert.equal(items.length, 400);
    assert.deepEqual(
      strata.map(({ field, population: of, sampled }) => [field, of, sampled]),
      [
        ['action', 900, 90],
        ['dialogue', 3000, 300],
        ['expression', 99, 10],
        ['subtext', 1, 1],
      ].map(([field, of, sampled]) => [field, of, field === 'dialogue' ? 299 : sampled]),
    );
    assert.equal(new Set(items.map(({ nodeId, field }) => `${nodeId} ${field}`)).size, 400);
    const quarters = [0, 0, 0, 0];
    for (const { field, startMs } of items) if (field === 'dialogue') quarters[Math.floor(startMs! / 750_000)]!++;
    for (const count of quarters) assert.ok(count >= 74 && count <= 76, quarters.join(' '));
  });

  it('is the same for the same seed in whatever order items come, and another for another', () => {
    const packet = samplePacket(all, 300, 7);
    assert.deepEqual(samplePacket(all.toReversed(), 300, 7), packet);
    assert.notDeepEqual(samplePacket(all, 300, 8).items, packet.items);
  });

  it('draws every item as often as any other', () => {
    const few = many(1000, 'dialogue');
    const drawn = new Map<string, number>();
    for (let seed = 0; seed < 400; seed++)
      for (const { nodeId } of samplePacket(few, 200, seed).items) drawn.set(nodeId, (drawn.get(nodeId) ?? 0) + 1);
    const counts = few.map(({ nodeId }) => drawn.get(nodeId) ?? 0);
    // 80 expected; 5 standard deviations.
    assert.ok(Math.min(...counts) > 40 && Math.max(...counts) < 120, `${Math.min(...counts)} ${Math.max(...counts)}`);
  });

  it('holds all where there are few, exactly so many where there are more, and never none or twice', () => {
    const plans = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(plans, fc.integer({ min: 200, max: 500 }), fc.nat(), (counts, size, seed) => {
        const population = counts.flatMap((count, n) => many(count, `field${n}`));
        const { items, strata } = samplePacket(population, size, seed);
        assert.equal(items.length, Math.min(size, population.length));
        assert.equal(new Set(items).size, items.length);
        for (const { sampled } of strata) assert.ok(sampled >= 1);
      }),
      { numRuns: 50 },
    );
    assert.deepEqual(samplePacket([], 200, 1).items, []);
    for (const size of [199, 501, 250.5]) assert.throws(() => samplePacket(all, size, 1), FabulaError);
  });
});

describe('a form', () => {
  const formula = ['=1+1', "'=1", '+a', '-b', '@c', "'tis", 'a, "b"\nc', '富贵', ' '];
  const items = formula.map((value, n) => item(n, 'dialogue', { value }));
  const packet = { ...samplePacket(items, 200, 1) };

  for (const format of ['csv', 'json'] as const)
    it(`goes out as ${format} and comes back as it was, with what people filled in`, () => {
      const form = writeForm(packet, format);
      const open = readForm(form, 'ann');
      const shown = ({ episodeId, nodeId, kind, field, value }: CalibrationItem) => ({
        episodeId,
        nodeId,
        kind,
        field,
        value,
      });
      assert.deepEqual(
        open.map((each) => each.item),
        packet.items.map(shown),
      );
      assert.ok(open.every(({ verdict, annotator }) => verdict === undefined && annotator === 'ann'));
      const fill = () => {
        const { items: rows, ...rest } = JSON.parse(form);
        const filledIn = rows.map((row: CalibrationItem) =>
          row.value === '富贵' ? { ...row, verdict: 'Fix ', fixed: '=2', annotator: 'bob' } : row,
        );
        return JSON.stringify({ ...rest, items: filledIn });
      };
      const filled = format === 'csv' ? form.replace('富贵,,,,', '富贵,fix,=2,bob,') : fill();
      const judged = readForm(filled, 'ann').filter(({ verdict }) => verdict);
      assert.deepEqual(judged, [{ item: shown(items[7]!), verdict: 'FIX', fixed: '=2', annotator: 'bob' }]);
    });

  it('cannot make a spreadsheet compute', () => {
    for (const cell of writeForm(packet, 'csv').matchAll(/(?:^|,)"?([=+\-@])/gm)) assert.fail(cell[0]);
  });

  it('is read as spreadsheets of other countries write it', () => {
    const header = 'episodeId;nodeId;kind;field;from;to;value;verdict;fixed;annotator;note';
    const [row] = readForm(`\uFEFF${header}\r\nfilm;n;Event;dialogue;;;a, b;REMOVE;;;\r\n`, 'ann');
    assert.deepEqual([row?.item.value, row?.verdict], ['a, b', 'REMOVE']);
  });

  it('says which row does not fit', () => {
    const header = 'episodeId,nodeId,kind,field,value,verdict,fixed\n';
    for (const [text, message] of [
      [`${header}film,n,Event,dialogue,a,accept,\nfilm,n,Event,dialogue,a,maybe,`, /Row 2 .*verdict/],
      [`${header}film,n,Event,dialogue,a,fix,`, /Row 1 .*not what is right/],
      [`${header}film,n,Thing,dialogue,a,,`, /Row 1 .*kind/],
      ['[1]', /Row 1/],
      ['{"items": ', /no JSON/],
      [`${header}"film`, /no CSV/],
    ] as const)
      assert.throws(
        () => readForm(text, 'ann'),
        (error) => error instanceof FabulaError && error.code === 'INVALID_INPUT' && message.test(error.message),
      );
  });
});

describe('verdicts', () => {
  it('of most decide: right, corrected, emptied, or in dispute', () => {
    const outcome = (...judgements: Judgement[]) => {
      const { item: _, ...rest } = outcomesOf(judgements)[0]!;
      return rest;
    };
    assert.deepEqual(outcome(word(1, undefined)), {});
    assert.deepEqual(outcome(word(1, 'ACCEPT')), { isAccepted: true });
    assert.deepEqual(outcome(word(1, 'REMOVE')), { isAccepted: false, correction: { value: null } });
    assert.deepEqual(outcome(word(1, 'FIX', 'a', 'x'), word(1, 'FIX', 'b', 'x'), word(1, 'ACCEPT', 'c')), {
      isAccepted: false,
      correction: { value: 'x' },
    });
    assert.deepEqual(outcome(word(1, 'ACCEPT', 'a'), word(1, 'ACCEPT', 'b'), word(1, 'REMOVE', 'c')), {
      isAccepted: true,
    });
    for (const disputed of [
      [word(1, 'ACCEPT', 'a'), word(1, 'REMOVE', 'b')],
      [word(1, 'FIX', 'a', 'x'), word(1, 'FIX', 'b', 'y'), word(1, 'ACCEPT', 'c')],
    ])
      assert.deepEqual(outcome(...disputed), { isAccepted: false, dispute: 'Those who judged it do not agree.' });
    // A person's last word counts.
    assert.deepEqual(outcome(word(1, 'REMOVE', 'a'), word(1, 'ACCEPT', 'a'), word(1, undefined, 'a')), {
      isAccepted: true,
    });
  });

  it('give each field its accuracy with an interval, and the packet its fate', () => {
    const judged = (accepted: number, count: number) =>
      Array.from({ length: count }, (_, n) => word(n, n < accepted ? 'ACCEPT' : 'REMOVE'));
    const report = reportOn(judged(285, 300));
    assert.equal(report.accuracy, 0.95);
    assert.deepEqual(report.interval, wilsonInterval(285, 300));
    assert.deepEqual([report.fate, report.isCertain], ['PASSED', true]);
    assert.deepEqual([reportOn(judged(270, 300)).fate, reportOn(judged(270, 300)).isCertain], ['PASSED', false]);
    assert.deepEqual([reportOn(judged(269, 300)).fate, reportOn(judged(269, 300)).isCertain], ['RETURNED', false]);
    assert.deepEqual([reportOn(judged(240, 300)).fate, reportOn(judged(240, 300)).isCertain], ['RETURNED', true]);
    assert.equal(reportOn(judged(269, 300), 0.8).fate, 'PASSED');
    assert.equal(reportOn([...judged(300, 300), word(300, undefined)]).fate, 'UNFINISHED');
    assert.equal(reportOn([]).fate, 'UNFINISHED');
    const fields = reportOn([word(1, 'ACCEPT'), { ...word(2, 'REMOVE'), item: item(2, 'action') }]).fields;
    assert.deepEqual(
      fields.map(({ kind, field, judged: count, accuracy }) => [kind, field, count, accuracy]),
      [
        ['Event', 'dialogue', 1, 1],
        ['Event', 'action', 1, 0],
      ],
    );
  });

  it('say how far people agree', () => {
    const report = reportOn(
      [0, 1, 2, 3].flatMap((n) => [
        word(n, n > 1 ? 'ACCEPT' : 'REMOVE', 'a'),
        word(n, n > 1 ? 'ACCEPT' : 'REMOVE', 'b'),
      ]),
    );
    assert.deepEqual(report.agreement, { items: 4, alpha: 1 });
    assert.deepEqual(report.annotators, ['a', 'b']);
    assert.deepEqual(reportOn([word(1, 'ACCEPT', 'a')]).agreement, { items: 0 });
  });
});

describe('Wilson’s interval', () => {
  it('is the published one, and never leaves 0…1', () => {
    // Brown, Cai and DasGupta 2001 and any table of it: 9 of 10, 0 of 10.
    assert.deepEqual(
      wilsonInterval(9, 10).map((bound) => bound.toFixed(4)),
      ['0.5958', '0.9821'],
    );
    assert.deepEqual(
      wilsonInterval(0, 10).map((bound) => bound.toFixed(4)),
      ['0.0000', '0.2775'],
    );
    assert.deepEqual(wilsonInterval(0, 0), [0, 1]);
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (hits, misses) => {
        const [low, high] = wilsonInterval(hits, hits + misses);
        assert.ok(0 <= low && low < high && high <= 1);
        if (hits + misses > 0)
          assert.ok(low <= hits / (hits + misses) + 1e-12 && hits / (hits + misses) <= high + 1e-12);
      }),
    );
  });
});
