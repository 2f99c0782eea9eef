import { MultiBar, type SingleBar } from 'cli-progress';
import { fold } from './layout.js';

/** What the progress bar shows beside the share that is done. */
export interface Progress {
  done: number;
  when: string;
  opened: number;
  claimed: number;
  resolved: number;
}

/** The longest that stands beside the bar. */
const besideBar = ' 100%  Wed 14 Feb, 12:00  1000 opened, 1000 claimed, 1000 resolved'.length;

/** Lines above a progress bar, folded to the width of the terminal; where the output is no terminal, lines only. */
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
      barsize: Math.min(24, Math.max(5, this.width - besideBar - 2)),
      barCompleteChar: '█',
      barIncompleteChar: '░',
      hideCursor: true,
      gracefulExit: false,
    });
    this.bar = this.bars.create(total, 0, { when: '', opened: 0, claimed: 0, resolved: 0 });
  }

  /** How many characters stand in a line; without end where the output is no terminal. */
  get width(): number {
    return this.output.isTTY ? this.output.columns : Infinity;
  }

  line(text: string): void {
    const folded = `${fold(text, this.width)}\n`;
    // What is logged after the bar has ended would never be shown.
    if (this.bars?.isActive) this.bars.log(folded);
    else this.output.write(folded);
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
