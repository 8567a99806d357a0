/** Pseudonyms through the API, on both stores. */
import assert from 'node:assert/strict';
import type { Narrative } from '../../schema/narrative.js';
import { fountain } from '../../src/formats/fountain.js';
import { onEachStore, type TestApi } from './api.fixture.js';

const text = 'Title: Two\n\nINT. PIER - DUSK\n\nMARA KELLER\nYou came, Tomas.\n\nTOMAS\n(quietly)\nI came, Mara.\n';

onEachStore('An export with pseudonyms', (openApi) => {
  let api: TestApi | undefined;
  afterEach(() => api?.close());

  it('names nobody, says the same under the same key, and refuses a short one', async () => {
    const pier: Narrative = fountain.read!(text, { episodeId: 'pier' }).narrative;
    const opened = await openApi(pier);
    api = opened;
    const person = pier.persons.find(({ name }) => name === 'Tomas')!;
    const { characters } = await api.data('{ characters(episodeId: "pier") { nodes { id name } } }');
    const { id } = characters.nodes.find(({ name }: { name: string }) => name === person.name);
    await api.data('mutation ($id: ID!) { renameCharacter(characterId: $id, name: "Anton") { id } }', { id });
    const ask =
      'query ($key: String, $format: ExportFormat!) { export(episodeId: "pier", format: $format, pseudonyms: true, pseudonymKey: $key) }';
    const key = 'sixteen signs or more';
    for (const format of ['JSON', 'FOUNTAIN', 'FDX', 'SHOOTING_SCRIPT']) {
      const exportAs = async (variables: Record<string, unknown>): Promise<string> =>
        JSON.stringify(await opened.data(ask, variables));
      const told = await exportAs({ key, format });
      assert.doesNotMatch(told, /mara|keller|tomas|anton|pier:/i);
      assert.equal(await exportAs({ key, format }), told);
      assert.notEqual(await exportAs({ format }), told);
    }
    assert.equal(await api.code(ask, { key: 'short', format: 'JSON' }), 'INVALID_INPUT');
    assert.equal(await api.code(`{ export(episodeId: "pier", pseudonymKey: "${key}") }`), 'INVALID_INPUT');
  });
});
