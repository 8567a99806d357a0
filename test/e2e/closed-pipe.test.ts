import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../src/app/cli.js', import.meta.url));

describe('a command whose reader has gone', () => {
  it('ends its work without a word', () => {
    const home = mkdtempSync(join(tmpdir(), 'fabula-pipe-'));
    try {
      const piped = 'set -o pipefail; "$@" | true';
      const { status, stderr } = spawnSync('bash', ['-c', piped, 'bash', process.execPath, cli, 'models', 'list'], {
        env: { ...process.env, FABULA_HOME: home, FABULA_DEVICE: 'cpu' },
        encoding: 'utf8',
      });
      assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    } finally {
      rmSync(home, { recursive: true });
    }
  });
});
