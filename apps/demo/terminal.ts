import { MultiBar, type SingleBar } from 'cli-progress';

/** What the progress bar shows beside the share that is done. */
export interface Progress {
  done: number;
  when: string;
  opened: number;
  claimed: number;
  resolved: number;
}

/** Lines above a progress bar; where the output is no terminal, lines only. */
export class Terminal {
  private readonly bars: MultiBar | undefined;
  private readonly bar: SingleBar | undefined;

  constructor(
    private readonly output: NodeJS.WriteStream,
    total: number,
  ) {
    if (!output.isTTY) return;
    const format = ' {bar} {percentage}%  {when}  {opened} opened, {claimed} claimed, {resolved} resolved';
    this.bars = new MultiBar({
      format,
      stream: output,
      barsize: 24,
      barCompleteChar: '█',
      barIncompleteChar: '░',
      hideCursor: true,
      gracefulExit: false,
    });
    this.bar = this.bars.create(total, 0, { when: '', opened: 0, claimed: 0, resolved: 0 });
  }

  line(text: string): void {
    if (this.bars) this.bars.log(`${text}\n`);
    else this.output.write(`${text}\n`);
  }

  progress({ done, ...shown }: Progress): void {
    this.bar?.update(done, shown);
  }

  /** Leaves the bar as it is; what is printed from now on stands below it. */
  end(): void {
    if (!this.bars?.isActive) return;
    this.bars.update();
    this.bars.stop();
  }
}
