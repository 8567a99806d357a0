/** A process that opens a model host, tells its parent the child's pid, and waits to be killed. */
import { openModelHost } from '../../workers/models/child-host.js';

const host = openModelHost({ log: { warn: () => {} } });
await host.call('silero.probabilities', { samples: new Float32Array(512) });
process.send?.(host.pidOf('silero.probabilities'));
