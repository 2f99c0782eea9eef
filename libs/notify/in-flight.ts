/** Runs tasks beside each other, up to a limit, without keeping whoever starts them until their end. */
export class InFlight {
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly limit: number,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  /** Starts the task as soon as there is room, and resolves then. What it fails with goes to `onFailure`. */
  async start(task: () => Promise<void>): Promise<void> {
    while (this.running.size >= this.limit) await Promise.race(this.running);
    const run = task()
      .catch(this.onFailure)
      .finally(() => this.running.delete(run));
    this.running.add(run);
  }

  /** Resolves once everything that was started has ended. */
  async drained(): Promise<void> {
    await Promise.all(this.running);
  }
}
