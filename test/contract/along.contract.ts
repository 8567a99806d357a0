import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Neighbour, Page, PageRequest } from '../../graph/store.js';
import { heavyFields } from '../../schema/heavy-fields.js';
import type { Keyframe } from '../../schema/keyframe.js';
import { nodeId } from '../../schema/narrative.js';
import { narratives } from '../narratives.js';
import { film, plain, provenance, withStore } from './fixture.js';
import type { OpenStore, RunsOf } from './store.contract.js';

const reference = (field: string): Neighbour => ({ by: 'reference', field });
const character = (field: string): Neighbour => ({ by: 'character', field });

export function alongContract(open: OpenStore, runs: RunsOf): void {
  describe('what a list brings along', () => {
    const under = withStore(open);

    it('is what would be found if it were asked for', async () => {
      const { store } = under;
      /** Every node, character and child that a page should have brought; asked for one by one. */
      const asked = async (page: Page<object>, along: readonly Neighbour[]) => {
        const nodes = new Map<string, unknown>();
        const characters = new Map<string, unknown>();
        const children: unknown[] = [];
        const gather = async (around: readonly object[], wanted: readonly Neighbour[]): Promise<void> => {
          for (const neighbour of wanted) {
            if (neighbour.by === 'parent') {
              const { kind, limit } = neighbour;
              const ids = around.map((node) => (node as { id: string }).id);
              const families = await store.childrenOf(kind, ids, limit);
              children.push(...families.map((family, n) => ({ kind, limit, parentId: ids[n], nodes: family })));
              await gather(families.flat(), neighbour.along);
              continue;
            }
            const ids = around.flatMap(
              (node) => (node as Record<string, string | string[] | undefined>)[neighbour.field] ?? [],
            );
            if (neighbour.by === 'reference')
              for (const [n, node] of (await store.nodes(ids)).entries()) nodes.set(ids[n]!, node);
            else
              for (const [n, found] of (await store.charactersOf(ids)).entries())
                characters.set(ids[n]!, { personId: ids[n], character: found });
          }
        };
        await gather(
          page.edges.map(({ node }) => node),
          along,
        );
        return { nodes: [...nodes.values()], characters: [...characters.values()], children };
      };
      const inOrder = (values: readonly unknown[]) => [...new Set(values.map((value) => JSON.stringify(value)))].sort();
      const check = async <Node extends object>(
        list: (page: { first: number; along?: readonly Neighbour[] }) => Promise<Page<Node>>,
        along: readonly Neighbour[],
      ) => {
        for (const first of [2, 100]) {
          const alone = await list({ first });
          assert.equal(alone.brought, undefined);
          const { brought, ...page } = await list({ first, along });
          assert.deepEqual(page, alone);
          const expected = await asked(page, along);
          for (const part of ['nodes', 'characters', 'children'] as const)
            assert.deepEqual(inOrder(brought![part]), inOrder(expected[part]), part);
        }
      };

      const inShot: readonly Neighbour[] = [
        { by: 'parent', kind: 'Appearance', limit: 1, along: [character('personId'), reference('shotId')] },
        { by: 'parent', kind: 'Event', limit: 100, along: [character('personId'), reference('sceneId')] },
        { by: 'parent', kind: 'Keyframe', limit: 2, along: [] },
        { by: 'parent', kind: 'StoryObject', limit: 100, along: [] },
      ];
      await fc.assert(
        fc.asyncProperty(narratives, async (narrative) => {
          await store.replaceEpisode(narrative);
          const { id } = narrative.episode;
          await check((page) => store.shots(id, page), [reference('sceneId'), reference('mainSubjectIds'), ...inShot]);
          await check(
            (page) => store.scenes(id, page),
            [
              reference('personIds'),
              character('personIds'),
              { by: 'parent', kind: 'Shot', limit: 100, along: inShot },
              { by: 'parent', kind: 'Event', limit: 3, along: [reference('targetIds')] },
            ],
          );
          await check(
            (page) => store.events(id, page),
            [...['sceneId', 'shotIds', 'personId', 'targetIds'].map(reference), character('personId')],
          );
          for (const { startMs } of narrative.relationships)
            await check(
              (page) => store.relationshipsAt(id, startMs, page),
              [character('fromId'), character('toId'), reference('fromId')],
            );
        }),
        { numRuns: runs(24) },
      );
    });
  });

  describe('what is too much to be brought along', () => {
    const under = withStore(open);

    it('is brought whole or not at all, and found when it is asked for', async () => {
      const { store } = under;
      const [shotCount, perShot] = [100, 60];
      const narrative = film({ cuts: Array.from({ length: shotCount + 1 }, (_, n) => n * 1_000) });
      const keyframes = narrative.shots.flatMap((shot) =>
        Array.from({ length: perShot }, (_, n): Keyframe => {
          const atMs = shot.startMs + n;
          const id = nodeId(narrative.episode.id, 'keyframe', atMs);
          const { episodeId } = shot;
          return {
            ...{ id, kind: 'Keyframe', episodeId, provenance, shotId: shot.id, atMs },
            ...{ imageId: 'a'.repeat(64), sharpness: 1, valid: true },
          };
        }),
      );
      await store.replaceEpisode({ ...narrative, keyframes });
      const keyframe: Neighbour = { by: 'parent', kind: 'Keyframe', limit: 50, along: [reference('shotId')] };
      const { edges, brought } = await store.shots(narrative.episode.id, { first: shotCount, along: [keyframe] });
      const ids = edges.map(({ node }) => node.id);
      const families = await store.childrenOf('Keyframe', ids, 50);
      assert.deepEqual(
        families.map(({ length }) => length),
        ids.map(() => 50),
      );
      const byParent = new Map(ids.map((id, n) => [id, families[n]]));
      assert.ok(brought!.children.length === 0 || brought!.children.length === shotCount);
      for (const { parentId, nodes } of brought!.children) assert.deepEqual(nodes, byParent.get(parentId));
    });
  });

  describe('a list that may be brief', () => {
    const under = withStore(open);

    it('holds what it would hold otherwise but for the heavy fields, and so does what it brings along', async () => {
      const { store } = under;
      const isHeavy: ReadonlySet<string> = new Set(heavyFields);
      const light = (value: unknown): unknown =>
        JSON.parse(JSON.stringify(value, (key, one) => (isHeavy.has(key) ? undefined : one)));
      await fc.assert(
        fc.asyncProperty(narratives, async (narrative) => {
          await store.replaceEpisode(narrative);
          const { id } = narrative.episode;
          const [{ startMs } = { startMs: 0 }] = narrative.relationships;
          const window = { startMs: 0, endMs: 2 ** 31 };
          const inShot: Neighbour = { by: 'parent', kind: 'Appearance', limit: 100, along: [reference('shotId')] };
          const lists: readonly ((page: PageRequest) => Promise<Page<object>>)[] = [
            (page) => store.shots(id, { ...page, along: [reference('sceneId'), inShot] }, window),
            (page) => store.scenes(id, { ...page, along: [{ ...inShot, kind: 'Event', along: [] }] }),
            (page) => store.events(id, { ...page, along: [character('personId')] }),
            (page) => store.cues(id, page),
            (page) => store.relationshipsAt(id, startMs, page),
          ];
          for (const list of lists)
            assert.deepEqual(plain(await list({ first: 100, isBrief: true })), light(await list({ first: 100 })));
          const best = { top: 100, episodeId: id };
          assert.deepEqual(
            plain(await store.highlights({ ...best, isBrief: true })),
            light(await store.highlights(best)),
          );
        }),
        { numRuns: runs(12) },
      );
    });
  });
}
