/** As many as one statement may be about. */
const most = 100;

interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * What is asked while an answer is awaited is asked together, next: who asks alone waits for nobody, and what many ask
 * takes few statements. Answer n belongs to item n; an error is everybody's who was asked for together.
 */
export function together<Item, Answer>(
  ask: (items: readonly Item[]) => Promise<readonly Answer[]>,
): (item: Item) => Promise<Answer> {
  const waiting: Waiting<Item, Answer>[] = [];
  let isAsking = false;
  const askAll = async () => {
    isAsking = true;
    while (waiting.length > 0) {
      // After all that is asked at once.
      await Promise.resolve();
      const asked = waiting.splice(0, most);
      try {
        const answers = await ask(asked.map(({ item }) => item));
        for (const [n, { resolve }] of asked.entries()) resolve(answers[n] as Answer);
      } catch (error) {
        for (const { reject } of asked) reject(error);
      }
    }
    isAsking = false;
  };
  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (!isAsking) void askAll();
    });
}
