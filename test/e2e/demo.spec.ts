import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Desk } from '../harness/desk.js';
import { projectRoot } from '../harness/program.js';

const run = promisify(execFile);
const program = join(projectRoot, 'dist', 'apps', 'demo', 'main.js');
const node = join(projectRoot, 'node_modules', '.bin', 'node');
const columns = 80;

describe('the replay', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await Desk.start({ movableClock: true });
  });
  afterAll(() => desk.stop());

  it('tells the night on a terminal of 80 columns, and ends with a table of every ticket', async () => {
    const replay = `${node} ${program} --data-dir ${desk.dataDir} --hospitals 2 --precaution 1 --speed 100000`;
    const { stdout } = await run('script', ['-qefc', `stty cols ${columns} && ${replay}`, '/dev/null']);
    const lines = shown(stdout);
    expect(lines.filter((line) => line.length > columns && line.trim().includes(' '))).toEqual([]);
    const bar = lines.findLastIndex((line) => line.includes('3 opened, 3 claimed'));
    expect(lines[bar]).toMatch(/█/);
    const table = lines.slice(bar + 1);
    expect(table.find((line) => line.startsWith('ticket'))).toMatch(
      /hospital +severity +paged +claimed +responded +resolved/,
    );
    const { items } = (await desk.as('coordinator').get('/v1/tickets')).body;
    for (const { reference } of items)
      expect(table.find((line) => line.startsWith(reference))).toMatch(/SEV\d +\d+ ms +[\d:]+ +[\d:]+/);
    expect(table.join('\n')).toContain('Tickets: 3');
  });

  it('refuses what it does not know with the usage and status 2', async () => {
    const failed = run(node, [program, '--hospitals', '0']);
    await expect(failed).rejects.toMatchObject({ code: 2, stderr: expect.stringMatching(/from 1 to 500[^]*Usage:/) });
  });
});

/** What stays on the terminal of what was written to it: of a line that was drawn over, what was drawn last. */
function shown(written: string): string[] {
  const plain = written.replace(/\u001b\[[\d;?]*[A-Za-z]/g, (code) => (/[GK]$/.test(code) ? '\r' : ''));
  return plain.split('\n').map((line) => line.split('\r').filter(Boolean).at(-1)?.trimEnd() ?? '');
}
