/**
 * A loop that works when it is woken, and by itself every so often in case a wake-up was lost.
 * One run at a time; a wake-up during a run is a run afterwards. `work` answers whether there may be more at once.
 */
export class Pump {
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = true;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly work: () => Promise<boolean>,
    private readonly everyMs: number,
  ) {}

  start(): void {
    this.stopped = false;
    this.wake();
  }

  wake(): void {
    if (this.stopped) return;
    this.again = true;
    this.running ??= this.run();
  }

  /** Looks again at this time at the latest. */
  private schedule(): void {
    clearTimeout(this.timer);
    if (!this.stopped) this.timer = setTimeout(() => this.wake(), this.everyMs);
  }

  /** Finishes the run in hand and starts none after it. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false;
      if (await this.work()) this.again = true;
    }
    this.running = undefined;
    this.schedule();
  }
}
