import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { DemoArguments } from './arguments.js';
import { DeskClient, type DeskKeys } from './desk-client.js';

const startWithinMs = 120_000;
const mostLastWords = 5;
const standalone = fileURLToPath(new URL('../standalone/main.js', import.meta.url));

/** No desk can be reached or started; the message says why and what to do. */
export class DeskUnavailable extends Error {}

/** A running desk; `stop` ends it when it was started here, and leaves it alone otherwise. */
export interface RunningDesk {
  client: DeskClient;
  startedHere: boolean;
  stop(): Promise<void>;
}

/**
 * The desk whose keys lie in the data directory. When none answers at its address, one is started there, with a movable
 * clock and on a free port. With `--url` none is started. Throws `DeskUnavailable`.
 */
export async function findDesk(asked: DemoArguments, signal: AbortSignal): Promise<RunningDesk> {
  const keys = readKeys(asked.dataDir);
  if (keys) {
    const client = new DeskClient(asked.url ?? keys.baseUrl, keys, signal);
    if (await client.answers()) return { client, startedHere: false, stop: () => client.close() };
    await client.close();
  }
  signal.throwIfAborted();
  if (asked.url !== undefined) {
    const keysFile = join(asked.dataDir, 'demo-keys.json');
    throw new DeskUnavailable(
      keys
        ? `No desk that knows the keys of ${keysFile} answers at ${asked.url}.`
        : `${keysFile} cannot be read. Give the data directory of the desk with --data-dir.`,
    );
  }
  return startDesk(asked.dataDir, signal);
}

async function startDesk(dataDir: string, signal: AbortSignal): Promise<RunningDesk> {
  // A process group of its own: Ctrl-C reaches only the replay, which then stops the desk once and in order.
  const child = spawn(process.execPath, ['--enable-source-maps', standalone], {
    env: { ...process.env, CODEGREY_DATA_DIR: dataDir, CODEGREY_MOVABLE_CLOCK: '1', PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  const endWithUs = () => child.kill('SIGTERM');
  process.once('exit', endWithUs);
  const stop = async () => {
    process.removeListener('exit', endWithUs);
    await stopped(child);
  };
  try {
    const baseUrl = await readiness(child, signal);
    const keys = readKeys(dataDir);
    if (!keys)
      throw new DeskUnavailable('The desk has no demo keys. They are written only where it runs its own database.');
    const client = new DeskClient(baseUrl, keys, signal);
    return {
      client,
      startedHere: true,
      stop: async () => {
        await client.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The address at which the desk says that it is ready. */
async function readiness(child: ChildProcess, signal: AbortSignal): Promise<string> {
  const lastWords: string[] = [];
  const patience = AbortSignal.any([signal, AbortSignal.timeout(startWithinMs)]);
  return new Promise<string>((resolve, reject) => {
    const listen = (line: string) => {
      lastWords.push(line);
      if (lastWords.length > mostLastWords) lastWords.shift();
      const url = /^Codegrey is ready at (\S+)$/.exec(line)?.[1];
      if (url !== undefined) resolve(url);
    };
    for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on('line', listen);
    child.once('error', reject);
    child.once('close', () => reject(new DeskUnavailable(`The desk did not start.\n${lastWords.join('\n')}`)));
    patience.addEventListener('abort', () => {
      reject(signal.aborted ? (signal.reason as Error) : new DeskUnavailable('The desk was not ready in two minutes.'));
    });
  });
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

function readKeys(dataDir: string): DeskKeys | undefined {
  try {
    return JSON.parse(readFileSync(join(dataDir, 'demo-keys.json'), 'utf8')) as DeskKeys;
  } catch {
    return undefined;
  }
}
