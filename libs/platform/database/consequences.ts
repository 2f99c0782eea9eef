import type { Subscriptions } from '../outbox/subscriptions.js';
import type { Statement } from './database.js';
import type { Wake } from './wakeups.js';

/** Who did it: a person by their credential, or the desk itself (`system`). `id` is null only for the desk itself. */
export interface Actor {
  type: string;
  id: string | null;
}

/**
 * How soon a message is acted on: `first` before all others, then down to `last`. What concerns no case, or does not say, is `second`.
 */
export type Urgency = 'first' | 'second' | 'third' | 'last';

/** From the most urgent on; its place is what the outbox orders by. */
const urgencies: readonly Urgency[] = ['first', 'second', 'third', 'last'];

/** What a case is allowed to be seen by: copied onto every entry, so that one condition serves every list and stream. */
export interface CaseScope {
  ticketId: string | null;
  incidentId: string | null;
  providerId: string | null;
  country: string | null;
  tlp: string | null;
  /** How soon its messages are acted on; no part of who may see it. */
  urgency?: Urgency;
}

/** Who may read an entry: everybody who may see the case, the desk's own people, or administrators (no case at all). */
export type Audience = 'case' | 'desk' | 'administration';

/** One thing that happened. The journal of these is the event stream, the timeline and the audit trail. */
export interface JournalEntry {
  /** What happened, as `noun.past-participle`: `ticket.claimed`. */
  type: string;
  subject: { type: string; id: string; reference?: string | null };
  actor: Actor;
  scope: CaseScope;
  audience: Audience;
  /** What changed, from what to what. */
  changes?: Record<string, { from: unknown; to: unknown }>;
  /** The subject as the API shows it after the change. */
  data?: object;
}

/** A timer: `kind` names who handles it, `subjectId` what it is about. There is one of each kind per subject. */
export interface TimerToArm {
  kind: string;
  subjectId: string;
  dueAt: Date;
}

/** What is written beside a decision, in the same statement: journal, messages, timers. */
export class Consequences {
  private readonly entries: JournalEntry[] = [];
  private readonly armed = new Map<string, TimerToArm>();
  private readonly disarmed = new Map<string, { kind: string; subjectId: string }>();

  record(entry: JournalEntry): void {
    this.entries.push(entry);
  }

  arm(timer: TimerToArm): void {
    const key = `${timer.kind}/${timer.subjectId}`;
    this.disarmed.delete(key);
    this.armed.set(key, timer);
  }

  disarm(kind: string, subjectId: string): void {
    const key = `${kind}/${subjectId}`;
    this.armed.delete(key);
    this.disarmed.set(key, { kind, subjectId });
  }

  get isEmpty(): boolean {
    return this.entries.length === 0 && this.armed.size === 0 && this.disarmed.size === 0;
  }

  /** Which loops have something to do once this is committed. */
  wakes(subscriptions: Subscriptions): Wake[] {
    const wakes: Wake[] = [];
    if (this.entries.length > 0) wakes.push('journal');
    if (this.entries.some((entry) => subscriptions.of(entry.type).length > 0)) wakes.push('outbox');
    if (this.armed.size > 0) wakes.push('timers');
    return wakes;
  }

  /** The parameters of `consequencesSql`, in its order. */
  values(subscriptions: Subscriptions, newId: () => string): unknown[] {
    const journal = this.entries.map((entry) => journalRow(entry, newId()));
    const outbox = this.entries.flatMap((entry) =>
      subscriptions.of(entry.type).map((queue) => ({
        id: newId(),
        queue,
        event: entry.type,
        subject_id: entry.subject.id,
        ticket_id: entry.scope.ticketId,
        priority: urgencies.indexOf(entry.scope.urgency ?? 'second'),
        lane: entry.scope.providerId,
      })),
    );
    const armed = [...this.armed.values()].map((timer) => ({
      kind: timer.kind,
      subject_id: timer.subjectId,
      due_at: timer.dueAt,
    }));
    const disarmed = [...this.disarmed.values()].map((timer) => ({ kind: timer.kind, subject_id: timer.subjectId }));
    return [journal, outbox, armed, disarmed].map((rows) => JSON.stringify(rows));
  }

  /** All of it as one statement of its own. */
  statement(subscriptions: Subscriptions, newId: () => string): { statement: Statement; values: unknown[] } {
    return {
      statement: { name: 'consequences', text: `WITH ${consequencesSql(1)} SELECT 1` },
      values: this.values(subscriptions, newId),
    };
  }
}

function journalRow(entry: JournalEntry, id: string): object {
  return {
    id,
    type: entry.type,
    subject_type: entry.subject.type,
    subject_id: entry.subject.id,
    subject_reference: entry.subject.reference ?? null,
    ticket_id: entry.scope.ticketId,
    incident_id: entry.scope.incidentId,
    provider_id: entry.scope.providerId,
    country: entry.scope.country,
    tlp: entry.scope.tlp,
    audience: entry.audience,
    actor_type: entry.actor.type,
    actor_id: entry.actor.id,
    changes: entry.changes ?? null,
    data: entry.data ?? null,
  };
}

/**
 * The common table expressions that write consequences, with their four parameters from `$first` on, so that a hot
 * path can write them in the same round trip as its own rows.
 */
export function consequencesSql(first: number): string {
  return `
journal_rows AS (
  INSERT INTO codegrey.journal (id, type, subject_type, subject_id, subject_reference, ticket_id, incident_id, provider_id,
                                country, tlp, audience, actor_type, actor_id, changes, data)
  SELECT * FROM jsonb_to_recordset($${first}::jsonb) AS entry(
    id uuid, type text, subject_type text, subject_id uuid, subject_reference text, ticket_id uuid, incident_id uuid,
    provider_id uuid, country text, tlp text, audience text, actor_type text, actor_id uuid, changes jsonb, data jsonb)
), outbox_rows AS (
  INSERT INTO codegrey.outbox (id, queue, event, subject_id, ticket_id, priority, lane)
  SELECT * FROM jsonb_to_recordset($${first + 1}::jsonb) AS message(
    id uuid, queue text, event text, subject_id uuid, ticket_id uuid, priority smallint, lane uuid)
), armed_timers AS (
  INSERT INTO codegrey.timers (kind, subject_id, due_at)
  SELECT * FROM jsonb_to_recordset($${first + 2}::jsonb) AS timer(kind text, subject_id uuid, due_at timestamptz)
  ON CONFLICT (kind, subject_id) DO UPDATE SET due_at = excluded.due_at, attempt = 0
), disarmed_timers AS (
  -- A timer that is firing at this moment is skipped: its handler sees the new state and does nothing.
  DELETE FROM codegrey.timers WHERE ctid IN (
    SELECT timers.ctid FROM codegrey.timers
    JOIN jsonb_to_recordset($${first + 3}::jsonb) AS timer(kind text, subject_id uuid) USING (kind, subject_id)
    FOR UPDATE OF timers SKIP LOCKED)
)`;
}
