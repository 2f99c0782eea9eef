import { closedLoop } from './closed-loop.js';
import { Stage } from './stage.js';
import { describe, median } from './statistics.js';

const connections = 64;
const seconds = 4;
const runs = 5;

/** Intake with authentication and validation, as a share of the floor measured before and after it. Aim: 0.50. */
export async function measureIntake(): Promise<void> {
  const stage = await Stage.open();
  const desk = await stage.start('apps/api/main.js');
  const floor = await stage.start('test/load/intake-floor.js');
  const { key } = await stage.credential('provider');
  const body = JSON.stringify({ summary: 'Ransom note on ward PCs', ransom: { noteFound: true } });
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
  const request = () => ({ headers, body });
  const load = (url: string) => closedLoop(url, connections, seconds, '/v1/tickets', request);
  await load(floor.url);
  await load(desk.url);
  const floors: number[] = [];
  const intakes: number[] = [];
  const latenciesMs: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const bare = await load(floor.url);
    if (bare.unexpected > 0) throw new Error(`${bare.unexpected} requests to the floor were not answered with 201`);
    floors.push(bare.perSecond);
    const intake = await load(desk.url);
    if (intake.unexpected > 0) throw new Error(`${intake.unexpected} requests for help were not answered with 201`);
    intakes.push(intake.perSecond);
    latenciesMs.push(...intake.latenciesMs);
  }
  floors.push((await load(floor.url)).perSecond);
  const ratio = median(intakes) / median(floors);
  console.log(
    `intake: ${ratio.toFixed(2)} of the floor (aim 0.50); ${median(intakes).toFixed(0)}/s of ${median(floors).toFixed(0)}/s at ${connections} connections; ${describe(latenciesMs)}`,
  );
  await stage.close();
}
