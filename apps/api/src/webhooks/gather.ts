type Waiting<Item> = { item: Item; bytes: number } & PromiseWithResolvers<void>;

export type GatherOptions<Item> = {
  /** Sends all of them or none. */
  send(items: Item[]): Promise<void>;
  /** Whether an error may be the fault of one of them. */
  isOfOne(error: unknown): boolean;
  bytesOf(item: Item): number;
  itemsMax: number;
  /** A larger one goes alone. */
  bytesMax: number;
};

/**
 * What comes while others are on their way goes together after them: the busier, the fewer statements.
 * @returns what adds an item, and settles when that has been sent
 */
export function gather<Item>({ send, isOfOne, bytesOf, itemsMax, bytesMax }: GatherOptions<Item>) {
  const waiting: Waiting<Item>[] = [];
  let isSending = false;

  function take(): Waiting<Item>[] {
    let count = 0;
    let bytes = 0;
    for (const one of waiting.slice(0, itemsMax)) {
      bytes += one.bytes;
      if (count > 0 && bytes > bytesMax) break;
      count += 1;
    }
    return waiting.splice(0, count);
  }

  async function sendAll(): Promise<void> {
    while (waiting.length > 0) await sent(take());
    isSending = false;
  }

  async function sent(batch: Waiting<Item>[]): Promise<void> {
    try {
      await send(batch.map(({ item }) => item));
    } catch (error) {
      return refused(batch, error);
    }
    for (const { resolve } of batch) resolve();
  }

  /** One that can't be sent keeps none of the others from it; what would meet the same does not wait for it. */
  async function refused(batch: Waiting<Item>[], error: unknown): Promise<void> {
    if (batch.length > 1 && isOfOne(error)) return void (await Promise.all(batch.map((one) => sent([one]))));
    const same = isOfOne(error) ? batch : [...batch, ...waiting.splice(0)];
    for (const { reject } of same) reject(error);
  }

  return (item: Item): Promise<void> => {
    const one = { item, bytes: bytesOf(item), ...Promise.withResolvers<void>() };
    waiting.push(one);
    if (!isSending) {
      isSending = true;
      // What comes in the same turn of the event loop goes along.
      setImmediate(() => void sendAll());
    }
    return one.promise;
  };
}
