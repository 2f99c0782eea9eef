import type { Agenda } from './agenda.js';
import { Refusal, type DeskClient, type Speaker } from './desk-client.js';
import type { DeskEvent } from './event-stream.js';
import type { Call } from './ledger.js';
import { advice, type HospitalRole } from './script.js';
import type { StoryClock } from './story-clock.js';

const minute = 60_000;
const hour = 60 * minute;

/** How often a hospital hears from its responder: before the desk asks whether anybody is still on it (config/watch.yaml). */
const updateEveryMs: Record<HospitalRole, number> = { hit: 1.5 * hour, precaution: 12 * hour };

/** The people whose keys the replay has, in the order in which the demo desk's policy reaches them. */
const cast: readonly Speaker[] = ['responder', 'responder2', 'responder3'];

/**
 * Plays the responders: who answers which page after how long, and what they do then. Most tickets are taken by whoever
 * is on call; every third waits for the first escalation, and every eighth for the second, so that clocks warn and some
 * are breached. Nothing is left to chance: two runs play alike.
 */
export class Responders {
  private readonly answered = new Set<string>();
  private readonly holders = new Map<string, Speaker>();

  constructor(
    private readonly desk: DeskClient,
    private readonly agenda: Agenda,
    private readonly clock: StoryClock,
    private readonly refused: (message: string) => void,
  ) {}

  /** A page to claim a ticket has reached somebody: perhaps they take it. */
  reached(call: Call, { data, time }: DeskEvent): void {
    const { ticket } = call;
    const speaker = cast.find((name) => this.desk.keys[name].id === data.responderId);
    if (!speaker || data.purpose !== 'claim' || this.answered.has(ticket.id)) return;
    const patient = this.clock.movesDesk && Number(data.round) === 1 && Number(data.step) < this.answersAtStep(call);
    if (patient) return;
    this.answered.add(ticket.id);
    const delayMs = (1 + (call.hospital.index % 3)) * minute;
    this.at(call, this.clock.at(time) + delayMs, () => this.claim(call, speaker));
  }

  /** The systems of a hospital are restored from its backup, and it is connected again. */
  async reconnect(call: Call): Promise<void> {
    const holder = this.holders.get(call.ticket.id);
    if (!holder) return;
    const { id, incidentId } = call.ticket;
    await this.attempt(async () => {
      await this.desk.post(holder, `incidents/${incidentId}/phase`, {
        to: 'recovery',
        note: 'Servers rebuilt and cleaned; restored from the last clean backup.',
      });
      await this.desk.put(holder, `incidents/${incidentId}/services/ehr`, { status: 'ok' });
      await this.desk.post(holder, `tickets/${id}/updates`, {
        text: 'Your hospital information system is restored and connected again. Enter what was written on paper, and watch for signs of the attacker.',
      });
      await this.desk.post(holder, `tickets/${id}/resolve`, { note: 'Restored from backup and connected again.' });
    });
  }

  private answersAtStep({ hospital: { index } }: Call): number {
    if (index % 8 === 7) return 3;
    return index % 3 === 0 ? 2 : 1;
  }

  private async claim(call: Call, speaker: Speaker): Promise<void> {
    const { ticket, hospital } = call;
    await this.desk.post(speaker, `tickets/${ticket.id}/claim`);
    this.holders.set(ticket.id, speaker);
    const now = this.clock.now();
    this.at(call, now + 3 * minute, () => this.callBack(call, speaker));
    this.at(call, now + 6 * minute, () => this.update(call, speaker, advice[hospital.role]));
    this.at(call, now + 8 * minute, () => this.phase(call, speaker, 'containment'));
    if (hospital.role === 'precaution') this.at(call, now + 10 * minute, () => this.lower(call));
    else this.at(call, now + 7 * hour, () => this.phase(call, speaker, 'eradication'));
  }

  private async callBack({ ticket }: Call, speaker: Speaker): Promise<void> {
    const body = {
      channel: 'telephone',
      callbackVerified: true,
      note: 'Called back on the number held in the register.',
    };
    await this.desk.post(speaker, `tickets/${ticket.id}/respond`, body);
  }

  private async update(call: Call, speaker: Speaker, text: string): Promise<void> {
    const { ticket, hospital } = call;
    const { state } = await this.desk.get<{ state: string }>(speaker, `tickets/${ticket.id}`);
    if (state !== 'claimed') return;
    await this.desk.post(speaker, `tickets/${ticket.id}/updates`, { text });
    if (!this.clock.movesDesk) return;
    const next = 'Work goes on; nothing new is asked of you. Call us when anything changes.';
    this.at(call, this.clock.now() + updateEveryMs[hospital.role], () => this.update(call, speaker, next));
  }

  private async phase({ ticket }: Call, speaker: Speaker, to: string): Promise<void> {
    await this.desk.post(speaker, `incidents/${ticket.incidentId}/phase`, { to, note: `Moved on to ${to}.` });
  }

  /** Rated by its service that is down; but nothing was attacked, so a coordinator lowers it. */
  private async lower({ ticket }: Call): Promise<void> {
    const reason = 'Disconnected by its own decision; no ransom note, no encrypted file, wards work on paper.';
    await this.desk.post('coordinator', `tickets/${ticket.id}/severity`, { level: 'SEV3', reason });
  }

  private at({ ticket }: Call, dueMs: number, act: () => Promise<void>): void {
    this.agenda.plan(dueMs, ticket.id, () => this.attempt(act));
  }

  /** A refusal by the desk is told and the replay goes on; anything else ends it. */
  private async attempt(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.refused(error.message);
    }
  }
}
