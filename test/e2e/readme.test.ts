/** Runs every command of the README, in order, in a graph of its own. About 15 s once the demo film is drawn. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyProject } from './project-copy.fixture.js';

const project = fileURLToPath(new URL('../../../', import.meta.url));
const readme = readFileSync(join(project, 'README.md'), 'utf8');
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(([, text]) => text!);
const commands = blocks('sh').flatMap((text) => text.trim().split('\n'));

describe('the README', function () {
  this.timeout(300_000);
  const folder = mkdtempSync(join(tmpdir(), 'fabula-readme-'));
  const printed = new Map<string, string>();
  let copy: string;

  /** As a reader would run it, but for the path of their film, and for the serving, which never ends. */
  function run(command: string): string {
    const typed = command.replace('film.mp4', join(folder, 'film.mp4'));
    const env = { ...process.env, FABULA_HOME: join(folder, 'home'), DEMO_SERVE: '0' };
    return execFileSync('bash', ['-c', typed], {
      cwd: copy,
      env,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }

  before(() => {
    copy = copyProject(folder);
    const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=320x180:rate=24:duration=4'];
    execFileSync('ffmpeg', ['-v', 'error', '-nostdin', ...picture, '-pix_fmt', 'yuv420p', join(folder, 'film.mp4')]);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const command of commands)
    it(`is right about \`${command.length > 60 ? `${command.slice(0, 60)}…` : command}\``, () => {
      const text = run(command);
      assert.notEqual(text.trim(), '');
      printed.set(command, text);
    });

  it('shows the answer that its query gives', () => {
    const query = commands.find((command) => command.includes('fabula query'))!;
    assert.deepEqual(JSON.parse(printed.get(query)!), JSON.parse(blocks('json')[0]!));
  });

  it('says of both demos and of the search what they print', () => {
    assert.match(printed.get('make demo')!, /3 scenes, 14 shots.*10 cues/);
    assert.match(printed.get('make demo VIDEO=film.mp4')!, /"film" is in the graph/);
    assert.match(printed.get('npx fabula search letters')!, /You never answered my .*letters/);
  });

  it('links to what is there', () => {
    for (const [, target] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g))
      assert.ok(existsSync(join(project, target!)), target);
  });
});
