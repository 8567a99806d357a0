/** GraphML, networks for Gephi, yEd, networkx and their like: http://graphml.graphdrawing.org. */
import type { Format } from './format.js';
import { readGraphMl } from './graphml/read.js';
import { writeGraphMl } from './graphml/write.js';
import { droppedFromExport, exportable } from './json.js';

export const graphMl: Format = {
  name: 'graphml',
  title: 'GraphML',
  version: '1',
  extensions: ['graphml'],
  recognise(text) {
    const start = text.slice(0, 4_000);
    if (!/<(?:\w+:)?graphml[\s>]/.test(start)) return 0;
    return start.includes('"narrativeVersion.int"') ? 1 : 0.8;
  },
  /** Keeps its own ids, so that it is the same episode again. */
  read: (text) => ({ narrative: readGraphMl(text), report: [] }),
  write: (narrative) => ({ text: writeGraphMl(exportable(narrative)), dropped: droppedFromExport(narrative) }),
};
