/** The three people of the film. */
import type { Person } from './figure.js';
import { ida } from './ida.js';
import { mara } from './mara.js';
import { tomas } from './tomas.js';

export type Role = 'MARA' | 'TOMAS' | 'IDA';

export const cast: Readonly<Record<Role, Person>> = { MARA: mara, TOMAS: tomas, IDA: ida };
