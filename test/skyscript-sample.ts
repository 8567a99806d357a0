/** The published sample of SkyScript-100M, where it is here. Tests that need it skip where it is not. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = fileURLToPath(new URL('../../../shared/data/skyscript/sample-en.json', import.meta.url));

export const hasSkyScriptSample = existsSync(path);
export const skyScriptSample = (): string => readFileSync(path, 'utf8');
