import type { DeskEvent } from './event-stream.js';
import type { Hospital } from './script.js';

/** What the replay reads of a ticket. */
export interface Ticket {
  id: string;
  reference: string;
  state: string;
  severity: { level: string };
  incidentId: string;
  createdAt: string;
  claimedAt: string | null;
  firstResponseAt: string | null;
  resolvedAt: string | null;
}

/** A hospital's call for help, and what has come of it. */
export interface Call {
  hospital: Hospital;
  ticket: Ticket;
  /** Real time between the desk's answer (201) and the delivery of the first page; undefined until then. */
  pagedAfterMs?: number;
  /** Names of the service clocks that were breached, in order. */
  breaches: string[];
}

/** Takes an event about a call. */
export type Listener = (call: Call, event: DeskEvent) => void;

/** All calls of the replay. Events may come before the answer that tells which ticket they are about: they are kept. */
export class Ledger {
  readonly calls: Call[] = [];
  private readonly byTicket = new Map<string, { call: Call; answeredAtMs: number }>();
  private readonly early = new Map<string, { event: DeskEvent; atMs: number }[]>();

  constructor(private readonly listener: Listener) {}

  /** A ticket was opened: the desk has just answered. */
  open(hospital: Hospital, ticket: Ticket): Call {
    const call: Call = { hospital, ticket, breaches: [] };
    this.calls.push(call);
    this.byTicket.set(ticket.id, { call, answeredAtMs: performance.now() });
    for (const { event, atMs } of this.early.get(ticket.id) ?? []) this.tell(ticket.id, event, atMs);
    this.early.delete(ticket.id);
    return call;
  }

  /** An event of the desk, about any ticket, has just come in. */
  take(event: DeskEvent): void {
    const { ticketid } = event;
    if (ticketid === undefined) return;
    const atMs = performance.now();
    if (this.byTicket.has(ticketid)) this.tell(ticketid, event, atMs);
    else this.early.set(ticketid, [...(this.early.get(ticketid) ?? []), { event, atMs }]);
  }

  /** Forgets the events of tickets that are none of ours: call it when no answer is outstanding. */
  forgetOthers(): void {
    this.early.clear();
  }

  private tell(ticketId: string, event: DeskEvent, atMs: number): void {
    const known = this.byTicket.get(ticketId);
    if (!known) return;
    const { call, answeredAtMs } = known;
    if (event.type === 'page.delivered') call.pagedAfterMs ??= Math.max(0, atMs - answeredAtMs);
    if (event.type === 'clock.breached') call.breaches.push(String(event.data.name));
    this.listener(call, event);
  }
}
