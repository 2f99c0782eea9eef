import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** The root of the project. */
export const projectRoot = join(import.meta.dirname, '..', '..');

const readyWithinMs = 60_000;
const keptOutput = 20_000;

/** One of the desk's programs, running as it does in earnest: built, in a process of its own. */
export class Program {
  /** The address that it said it listens on. */
  url = '';
  private output = '';

  private constructor(
    private readonly child: ChildProcess,
    readonly name: string,
  ) {}

  /** Starts `dist/apps/<name>/main.js` and waits for the line that says it is ready. */
  static async start(name: string, env: Record<string, string>): Promise<Program> {
    const child = spawn(
      join(projectRoot, 'node_modules', '.bin', 'node'),
      ['--enable-source-maps', join(projectRoot, 'dist', 'apps', name, 'main.js')],
      { env: { ...inherited(), PORT: '0', CODEGREY_LOG_LEVEL: 'warn', ...env }, cwd: projectRoot },
    );
    const program = new Program(child, name);
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        program.output = (program.output + chunk.toString()).slice(-keptOutput);
      });
    }
    await program.untilReady();
    return program;
  }

  /** The end of what it wrote to its standard output and error. */
  get log(): string {
    return this.output;
  }

  get isRunning(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Sends the signal and waits for the end of the process. */
  async kill(signal: NodeJS.Signals): Promise<void> {
    if (!this.isRunning) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill(signal);
    await ended;
  }

  private untilReady(): Promise<void> {
    return new Promise((resolve, reject) => {
      const fail = (reason: string) => reject(new Error(`${this.name} ${reason}:\n${this.output}`));
      const timeout = setTimeout(() => {
        this.child.kill('SIGKILL');
        fail('was not ready in time');
      }, readyWithinMs);
      this.child.once('error', reject);
      this.child.once('exit', () => {
        clearTimeout(timeout);
        fail('ended before it was ready');
      });
      this.child.stdout?.on('data', () => {
        const said = /is ready at (\S+)\n/.exec(this.output)?.[1];
        if (said === undefined || this.url !== '') return;
        this.url = said;
        clearTimeout(timeout);
        resolve();
      });
    });
  }
}

/** The environment of the tests, without what would change how the desk runs. */
function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(CODEGREY_|NODE_|DATABASE_URL|REDIS_URL|SMTP_URL|HOST$)/.test(name),
    ),
  );
}
