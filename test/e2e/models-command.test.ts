import { equal, match } from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveFile } from '../unit/file-server.fixture.js';
import { runCli } from './run-cli.js';

describe('fabula models', () => {
  let home: string;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'fabula-models-'));
  });
  afterEach(() => rm(home, { recursive: true }));

  it('lists what can be pulled, and says why a pull fails, model by model', async () => {
    const list = await runCli(['models', 'list'], { home });
    match(list.stdout, /yunet-2023mar +pulled +absent +MIT .*models pull yunet-2023mar` \(0\.2 MB\)/);
    const other = await serveFile(Buffer.from('<html>Sign in</html>'));
    other.mischief.push((_, response) => {
      response.writeHead(404).end();
      return true;
    });
    try {
      const environment = { FABULA_MODELS_MIRROR: other.url };
      const pull = await runCli(['models', 'pull', 'yunet-2023mar', 'yolox-tiny'], { home, environment });
      equal(pull.status, 1);
      match(pull.stderr, /DOWNLOAD_NOT_FOUND: yunet-2023mar: .*face_detection_yunet_2023mar\.onnx is not there/);
      match(pull.stderr, /MODEL_DAMAGED: yolox-tiny: .* 20 bytes instead of 20219662/);
    } finally {
      await other.close();
    }
    const unknown = await runCli(['models', 'pull', 'yolo'], { home });
    match(unknown.stderr, /NOT_FOUND: There is no model yolo/);
    const setting = await runCli(['models', 'pull'], { home, environment: { FABULA_MODELS_MIRROR: 'here' } });
    equal(setting.status, 2);
    match(setting.stderr, /FABULA_MODELS_MIRROR/);
  });

  it('verifies what is here, byte by byte', async () => {
    const folder = join(home, 'models', 'mine');
    await mkdir(folder, { recursive: true });
    const sha256 = createHash('sha256').update('weights').digest('hex');
    const file = { path: 'mine.onnx', url: 'https://example.org/mine', sha256, bytes: 7 };
    const source = 'https://example.org/';
    const manifest = { name: 'mine', task: 'FIND_FACES', purpose: 'faces', licence: 'MIT', source, files: [file] };
    await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
    await writeFile(join(folder, 'mine.onnx'), 'weights');
    equal((await runCli(['models', 'verify'], { home })).stdout, 'mine: whole\n');
    match((await runCli(['models', 'list'], { home })).stdout, /^mine +pulled +here/m);
    await writeFile(join(folder, 'mine.onnx'), 'Weights');
    const verify = await runCli(['models', 'verify', 'mine'], { home });
    equal(verify.status, 1);
    match(verify.stderr, /MODEL_DAMAGED: mine: Changed since it was pulled: mine\.onnx\..*models pull mine/);
    await rm(join(folder, 'mine.onnx'));
    match((await runCli(['models', 'verify'], { home })).stderr, /MODEL_MISSING: mine: .*lacks mine\.onnx/);
  });

  it('are said to run on the first device that works, with what keeps them from those before it', async () => {
    const health = async (device: string) => {
      const { stdout } = await runCli(['doctor', '--json'], { home, environment: { FABULA_DEVICE: device } });
      const { checks } = JSON.parse(stdout) as { checks: { name: string; ok: boolean; detail: string }[] };
      return checks.find(({ name }) => name === 'inference');
    };
    match((await health('cpu'))?.detail ?? '', /^cpu(;|$)/);
    match((await health('auto'))?.detail ?? '', /^(cuda|webgpu; not cuda: .+|cpu; not cuda: .+; not webgpu: .+)$/);
  });
});
