import { setTimeout as sleep } from 'node:timers/promises';
import { Agenda, inParallel } from './agenda.js';
import type { DemoArguments } from './arguments.js';
import type { DeskClient } from './desk-client.js';
import { followEvents } from './event-stream.js';
import { Ledger, type Call, type Ticket } from './ledger.js';
import { Report } from './report.js';
import { Responders } from './responders.js';
import { hospitals, providerOf, reconnection, ticketOf, waves, type Hospital, type Wave } from './script.js';
import { StoryClock } from './story-clock.js';
import { Terminal } from './terminal.js';

const callsAtOnce = 8;
/** While it is watched, time moves in steps of at most this much, so that everybody acts nearly when they mean to. */
const longestStepSeconds = 60;
/** Between the waves, in steps of an hour: shorter than any promise of an update. */
const passingStepSeconds = 3_600;
const pagesWithinMs = 20_000;
/** How long a wave is watched on a desk whose time does not move, for what happens at once. */
const presentWatchMs = 3_000;

interface Named {
  id: string;
  name: string;
}

/** Plays the night on a desk, wave after wave. */
export class Replay {
  private readonly agenda = new Agenda();
  private readonly ledger: Ledger;
  private readonly responders: Responders;
  private readonly report: Report;
  private readonly cast: Hospital[];

  private constructor(
    private readonly desk: DeskClient,
    private readonly clock: StoryClock,
    terminal: Terminal,
    private readonly providers: ReadonlyMap<string, string>,
    names: ReadonlyMap<string, string>,
    private readonly asked: DemoArguments,
    private readonly signal: AbortSignal,
  ) {
    this.cast = hospitals(asked.hospitals, asked.precaution);
    this.report = new Report(terminal, clock, names);
    this.responders = new Responders(desk, this.agenda, clock, (message) => this.report.say(`refused: ${message}`));
    const paged = new Set<Call>();
    this.ledger = new Ledger((call, event) => {
      const delivered = event.type === 'page.delivered';
      this.report.happened(call, event, delivered && !paged.has(call));
      if (!delivered) return;
      paged.add(call);
      this.responders.reached(call, event);
    });
  }

  /** Gets the desk ready: the hospitals are made, or found again, and its clock is tried. */
  static async prepare(
    desk: DeskClient,
    terminal: Terminal,
    asked: DemoArguments,
    signal: AbortSignal,
  ): Promise<Replay> {
    const providers = await knownProviders(desk, hospitals(asked.hospitals, asked.precaution));
    const responders = await desk.list<Named>('coordinator', 'responders');
    const names = new Map(responders.map(({ id, name }) => [id, name.replace(/, (.+)$/, ' ($1)')]));
    const clock = await StoryClock.start(desk, Date.parse(waves[0]?.at ?? reconnection.at));
    return new Replay(desk, clock, terminal, providers, names, asked, signal);
  }

  /** Plays it all, and tells the result. */
  async play(): Promise<void> {
    const startedAtMs = performance.now();
    const stream = new AbortController();
    const signal = AbortSignal.any([this.signal, stream.signal]);
    try {
      await followEvents(this.desk, signal, (event) => this.ledger.take(event));
      if (!this.clock.movesDesk) this.explainRealTime();
      for (const [index, wave] of waves.entries()) await this.wave(wave, waves[index - 1]);
      await this.reconnect();
      await this.readBack();
      this.report.conclude(this.ledger.calls, performance.now() - startedAtMs);
    } finally {
      stream.abort();
    }
  }

  private explainRealTime(): void {
    this.report.say('This desk runs on real time: nothing escalates and no clock warns while this replay runs.');
    this.report.say(
      'To see that, start it with CODEGREY_MOVABLE_CLOCK=1. Time is not moved; the calls come all the same.',
    );
  }

  private async wave(wave: Wave, before: Wave | undefined): Promise<void> {
    const calling = this.callingIn(wave, before);
    if (calling.length === 0) return;
    await this.passUntil(Date.parse(wave.at));
    this.report.heading(wave.title);
    const startedAtMs = performance.now();
    await inParallel(callsAtOnce, calling, (hospital) => this.call(hospital));
    this.report.say(`${count(calling.length, 'ticket')} opened in ${(performance.now() - startedAtMs).toFixed(0)} ms`);
    await this.everybodyPaged();
    this.ledger.forgetOthers();
    this.report.flush();
    await this.watch(wave.watchedMinutes);
  }

  /** The hospitals of the wave's role that have not reported before it. */
  private callingIn(wave: Wave, before: Wave | undefined): Hospital[] {
    const ofRole = this.cast.filter(({ role }) => role === wave.role);
    const from = before ? this.ledger.calls.filter(({ hospital }) => hospital.role === wave.role).length : 0;
    return ofRole.slice(from, Math.max(before ? 0 : 1, Math.round(ofRole.length * wave.reportedBy)));
  }

  private async call(hospital: Hospital): Promise<void> {
    const body = ticketOf(hospital, this.providers.get(hospital.name) ?? '');
    const ticket = await this.desk.post<Ticket>('coordinator', 'tickets', body);
    this.report.opened();
    this.ledger.open(hospital, ticket);
  }

  /** Time is not moved before the first pages are out, which would make them look late. */
  private async everybodyPaged(): Promise<void> {
    const deadlineMs = performance.now() + pagesWithinMs;
    const waiting = () => this.ledger.calls.some(({ pagedAfterMs }) => pagedAfterMs === undefined);
    while (waiting() && performance.now() < deadlineMs) await sleep(10, undefined, { signal: this.signal });
  }

  /** Lets time pass at the speed that was asked for, so that what happens can be followed. */
  private async watch(minutes: number): Promise<void> {
    const untilMs = this.clock.now() + minutes * 60_000;
    if (!this.clock.movesDesk) await sleep(presentWatchMs, undefined, { signal: this.signal });
    const stepSeconds = Math.max(1, Math.min(longestStepSeconds, Math.round(this.asked.speed / 4)));
    while (this.clock.now() < untilMs) {
      const startedAtMs = performance.now();
      await this.step(stepSeconds);
      this.report.flush();
      const leftMs = (stepSeconds / this.asked.speed) * 1_000 - (performance.now() - startedAtMs);
      if (this.clock.movesDesk && leftMs > 0) await sleep(leftMs, undefined, { signal: this.signal });
    }
  }

  /** Passes over the hours in which nobody new calls; the responders go on with their work. */
  private async passUntil(untilMs: number): Promise<void> {
    for (;;) {
      const seconds = Math.min(passingStepSeconds, Math.ceil((untilMs - this.clock.now()) / 1_000));
      if (seconds <= 0) break;
      await this.step(seconds);
    }
    this.report.flush();
  }

  private async step(seconds: number): Promise<void> {
    await this.clock.advance(seconds);
    await this.agenda.doUntil(this.clock.now());
  }

  private async reconnect(): Promise<void> {
    await this.passUntil(Date.parse(reconnection.at));
    this.report.heading(reconnection.title);
    const hit = this.ledger.calls.filter(({ hospital }) => hospital.role === 'hit');
    const restored = hit.slice(0, Math.round(hit.length * reconnection.share));
    await inParallel(callsAtOnce, restored, (call) => this.responders.reconnect(call));
    await this.step(1);
  }

  private async readBack(): Promise<void> {
    await inParallel(callsAtOnce, this.ledger.calls, async (call) => {
      call.ticket = await this.desk.get<Ticket>('coordinator', `tickets/${call.ticket.id}`);
    });
  }
}

/** The ids of the hospitals by name: those of an earlier replay are used again. */
async function knownProviders(desk: DeskClient, cast: Hospital[]): Promise<Map<string, string>> {
  const known = await desk.list<Named>('coordinator', 'providers');
  const ids = new Map(known.map(({ id, name }) => [name, id]));
  const missing = cast.filter(({ name }) => !ids.has(name));
  await inParallel(callsAtOnce, missing, async (hospital) => {
    const { id, name } = await desk.post<Named>('coordinator', 'providers', providerOf(hospital));
    ids.set(name, id);
  });
  return ids;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
