import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Stage } from './stage.js';
import { median } from './statistics.js';

/** How long a warm start takes, and how much memory the one process then has. Aim: 2 s, 200 MB. */
export async function measureStart(): Promise<void> {
  const stage = await Stage.open();
  const own = { DATABASE_URL: '', CODEGREY_DATA_DIR: `${stage.dataDir}/standalone` };
  const timesMs: number[] = [];
  let memoryMb = NaN;
  for (let run = 0; run < 4; run += 1) {
    const begin = performance.now();
    const desk = await stage.start('apps/standalone/main.js', own);
    if (run > 0) timesMs.push(performance.now() - begin);
    await sleep(2_000);
    const status = readFileSync(`/proc/${desk.process.pid}/status`, 'utf8');
    memoryMb = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024;
    desk.process.kill('SIGTERM');
    await new Promise((resolve) => desk.process.once('exit', resolve));
  }
  console.log(
    `start: warm ${(median(timesMs) / 1_000).toFixed(2)} s to ready (aim 2); ${memoryMb.toFixed(0)} MB (aim 200)`,
  );
  await stage.close();
}
