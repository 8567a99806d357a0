// npm runs this after it has put Fabula into somebody's project. It installs the packages that models run on beside the
// code that uses them, from their own lock file and without their install scripts: onnxruntime-node's would fetch CUDA
// libraries from outside the registry and fail the whole installation where it cannot (docs/adr/0005).
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('dist/workers/models/', import.meta.url));

/** Whether the code in that folder already finds this package at this version, as it does in a checkout. */
function isThere([name, version]) {
  try {
    return createRequire(`${folder}package.json`)(`${name}/package.json`).version === version;
  } catch {
    return false;
  }
}

function installModels() {
  if (!existsSync(`${folder}package.json`)) return 0;
  const wanted = JSON.parse(readFileSync(`${folder}package.json`, 'utf8')).dependencies;
  if (Object.entries(wanted).every(isThere)) return 0;
  const { npm_config_global: _, npm_execpath: npm, ...env } = process.env;
  const install = ['ci', '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund'];
  const [command, ...args] = npm?.endsWith('npm-cli.js') ? [process.execPath, npm, ...install] : ['npm', ...install];
  return spawnSync(command, args, { cwd: folder, env, stdio: 'inherit' }).status ?? 1;
}

process.exitCode = installModels();
