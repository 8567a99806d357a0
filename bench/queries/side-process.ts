/** One side in a process of its own (`sides.ts`): answers a question, or asks many one after another and times each. */
import { openSide, type SideAddress } from './side.js';
import type { Order, Report } from './sides.js';

const ask = await openSide(JSON.parse(process.argv[2] ?? '') as SideAddress);
const report = (told: Report) => process.send?.(told);

process.on('message', async (order: Order) => {
  try {
    if (order.do === 'answer') return report({ data: await ask(order.request) });
    const times: number[] = [];
    for (const request of order.requests) {
      const started = performance.now();
      await ask(request);
      times.push(performance.now() - started);
    }
    return report({ times });
  } catch (error) {
    return report({ error: String(error) });
  }
});
process.once('disconnect', () => process.exit());
report({});
