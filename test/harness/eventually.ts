import { setTimeout as sleep } from 'node:timers/promises';

const pauseMs = 40;

/**
 * Tries again until `attempt` no longer throws, and answers what it returned. Whatever the desk does by itself is
 * awaited like this: never by sleeping for as long as it usually takes. Throws the last error once `withinMs` are over.
 */
export async function eventually<Result>(attempt: () => Promise<Result> | Result, withinMs = 15_000): Promise<Result> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await sleep(pauseMs);
    }
  }
}

/** The value, when there is one; throws otherwise, so that `eventually` tries again. */
export function present<Value>(value: Value | null | undefined, what: string): Value {
  if (value === null || value === undefined) throw new Error(`There is no ${what}.`);
  return value;
}
