interface Entry {
  dueMs: number;
  subject: string;
  act: () => Promise<void>;
}

/** Runs work with at most this many at once; rejects with the first failure. */
export async function inParallel<Item>(
  atOnce: number,
  items: Iterable<Item>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** What people intend to do, and when in the story. */
export class Agenda {
  private entries: Entry[] = [];

  /** Plans something. What concerns one subject happens one after the other, in the order of its times. */
  plan(dueMs: number, subject: string, act: () => Promise<void>): void {
    this.entries.push({ dueMs, subject, act });
  }

  /** Does all that is due, and what becomes due by doing it. */
  async doUntil(nowMs: number): Promise<void> {
    for (let due = this.takeDue(nowMs); due.length > 0; due = this.takeDue(nowMs)) {
      const bySubject = Map.groupBy(due, ({ subject }) => subject);
      await inParallel(8, bySubject.values(), async (entries) => {
        for (const { act } of entries) await act();
      });
    }
  }

  private takeDue(nowMs: number): Entry[] {
    const { due = [], later = [] } = Object.groupBy(this.entries, ({ dueMs }) => (dueMs <= nowMs ? 'due' : 'later'));
    this.entries = later;
    return due.sort((left, right) => left.dueMs - right.dueMs);
  }
}
