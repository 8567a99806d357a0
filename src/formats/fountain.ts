/** Fountain, screenplays as plain text: https://fountain.io/syntax. */
import type { Format } from './format.js';
import { parseFountain } from './fountain/parse.js';
import { recogniseFountain } from './fountain/recognise.js';
import { retitle, writeElement, writeNote, writeScene, writeTitlePage } from './fountain/write.js';
import { scriptFormat } from './script/script-format.js';

export const fountain: Format = scriptFormat(
  {
    name: 'fountain',
    title: 'Fountain',
    version: '2',
    hasShots: false,
    transitions: 'scene',
    parse: parseFountain,
    head: writeTitlePage,
    tail: () => '',
    scene: writeScene,
    shot: () => '',
    element: writeElement,
    details: writeNote,
    withoutDetails: (text) => text.replaceAll(/\[\[\s*fabula:[\s\S]*?\]\](?:\r?\n){0,2}/g, ''),
    separator: '\n\n',
    retitle,
    gap: (text) => (text === '' || /(?:\r?\n){2}$/.test(text) ? '' : /\n$/.test(text) ? '\n' : '\n\n'),
  },
  { extensions: ['fountain', 'spmd', 'txt'], recognise: recogniseFountain },
);
