import { InFlight } from './in-flight.js';

const { promise: never } = Promise.withResolvers<void>();

describe('InFlight', () => {
  it('does not wait for the end of a task, nor lets one hold up another', async () => {
    const ended: string[] = [];
    const inFlight = new InFlight(2, () => undefined);
    await inFlight.start(() => never);
    await inFlight.start(() => Promise.resolve().then(() => void ended.push('quick')));
    await new Promise(setImmediate);
    expect(ended).toEqual(['quick']);
  });

  it('waits for room when as many are running as may', async () => {
    const first = Promise.withResolvers<void>();
    const inFlight = new InFlight(1, () => undefined);
    await inFlight.start(() => first.promise);
    let started = false;
    const second = inFlight.start(() => Promise.resolve(void (started = true)));
    await new Promise(setImmediate);
    expect(started).toBe(false);
    first.resolve();
    await second;
    expect(started).toBe(true);
  });

  it('reports a failure and goes on', async () => {
    const failures: unknown[] = [];
    const inFlight = new InFlight(1, (error) => failures.push(error));
    await inFlight.start(() => Promise.reject(new Error('first')));
    await inFlight.start(() => Promise.resolve());
    await inFlight.drained();
    expect(failures).toEqual([new Error('first')]);
  });

  it('is drained when the last task has ended', async () => {
    const task = Promise.withResolvers<void>();
    const inFlight = new InFlight(5, () => undefined);
    await inFlight.start(() => task.promise);
    let drained = false;
    const draining = inFlight.drained().then(() => (drained = true));
    await new Promise(setImmediate);
    expect(drained).toBe(false);
    task.resolve();
    await draining;
  });
});
