import { setTimeout as sleep } from 'node:timers/promises';

/**
 * The values of promises in waves: as soon as one is there, with those that follow within `togetherMs`. So a slow one does not
 * hold up what the quick ones have to say, and those that come together are handled together. The promises must not reject.
 */
export async function* waves<Value>(promises: readonly Promise<Value>[], togetherMs: number): AsyncGenerator<Value[]> {
  const arrived: Value[] = [];
  const pending = new Set<Promise<void>>();
  for (const promise of promises) {
    const arrival = promise.then((value) => {
      pending.delete(arrival);
      arrived.push(value);
    });
    pending.add(arrival);
  }
  while (pending.size > 0 || arrived.length > 0) {
    if (arrived.length === 0) await Promise.race(pending);
    if (pending.size > 0) await Promise.race([Promise.all(pending), sleep(togetherMs, undefined, { ref: false })]);
    yield arrived.splice(0);
  }
}
