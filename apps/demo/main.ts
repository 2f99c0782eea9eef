import { readArguments, usage, UsageError, type DemoArguments } from './arguments.js';
import { DeskUnavailable, findDesk } from './desk.js';
import { Replay } from './replay.js';
import { reconnection } from './script.js';
import { Terminal } from './terminal.js';

const exitCode = { failed: 1, usage: 2, interrupted: 130 };

/** Replays the night of 11 to 12 February 2024 in Romania against a running desk. */
async function main(): Promise<void> {
  const asked = readArguments(process.argv.slice(2), process.env);
  if (asked.help) {
    process.stdout.write(usage);
    return;
  }
  const interruption = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interruption.abort());
  try {
    await replay(asked, interruption.signal);
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    process.stdout.write('Stopped.\n');
    process.exitCode = exitCode.interrupted;
  }
}

async function replay(asked: DemoArguments, signal: AbortSignal): Promise<void> {
  process.stdout.write('Looking for a desk, or starting one (the first time takes longer).\n');
  const desk = await findDesk(asked, signal);
  const started = desk.startedHere ? ', started for this replay and stopped after it' : '';
  process.stdout.write(`The desk answers at ${desk.client.baseUrl}${started}.\n`);
  const milestones = 3 * (asked.hospitals + asked.precaution) + Math.round(asked.hospitals * reconnection.share);
  const terminal = new Terminal(process.stdout, milestones);
  try {
    await (await Replay.prepare(desk.client, terminal, asked, signal)).play();
  } finally {
    terminal.end();
    await desk.stop();
  }
}

main().catch((error: unknown) => {
  const expected = error instanceof UsageError || error instanceof DeskUnavailable;
  const text = expected ? error.message : String((error as Error | undefined)?.stack ?? error);
  process.stderr.write(`${text}\n${error instanceof UsageError ? `\n${usage}` : ''}`);
  process.exitCode = error instanceof UsageError ? exitCode.usage : exitCode.failed;
});
