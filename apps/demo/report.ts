import type { DeskEvent } from './event-stream.js';
import type { Call } from './ledger.js';
import { sources } from './script.js';
import { romanianTime, type StoryClock } from './story-clock.js';
import { elapsed, table } from './layout.js';
import type { Terminal } from './terminal.js';

/** Something that is told at the next flush, together with whatever else of the same kind happened. */
interface Note {
  reference: string;
  hospital: string;
  atMs: number;
  /** Real milliseconds, where they are the point. */
  tookMs?: number;
}

/** So many of one kind are told one by one; more are told in one line. */
const mostSingly = 3;
/** So many tickets are named in such a line. */
const mostNamed = 2;

const clockLabels: Record<string, string> = {
  claim: 'claim',
  'first-response': 'first response',
  'next-update': 'next update',
  containment: 'containment',
  'clinical-restoration': 'clinical restoration',
};

/** Tells on the terminal what happens at the desk. */
export class Report {
  private readonly notes = new Map<string, Note[]>();
  private readonly counts = { opened: 0, claimed: 0, responded: 0, resolved: 0, escalated: 0, warned: 0 };

  constructor(
    private readonly terminal: Terminal,
    private readonly clock: StoryClock,
    private readonly names: ReadonlyMap<string, string>,
  ) {}

  /** A heading of the story. */
  heading(text: string): void {
    this.terminal.line(`\n── ${romanianTime(this.clock.now())} · ${text}`);
  }

  /** A line of its own. */
  say(text: string): void {
    this.terminal.line(`  ${text}`);
  }

  /** A call has been taken down. */
  opened(): void {
    this.counts.opened += 1;
  }

  /** An event of the desk about a call, to be told at the next flush when it is worth telling. */
  happened(call: Call, event: DeskEvent, firstPage: boolean): void {
    const kind = this.kindOf(event, firstPage);
    if (kind === null) return;
    const note: Note = {
      reference: call.ticket.reference,
      hospital: call.hospital.name,
      atMs: this.clock.at(event.time),
      ...(firstPage ? { tookMs: call.pagedAfterMs } : {}),
    };
    this.notes.set(kind, [...(this.notes.get(kind) ?? []), note]);
  }

  /** Tells what has happened since the last time. */
  flush(): void {
    const lines = [...this.notes].flatMap(([kind, notes]) =>
      notes.length <= mostSingly ? notes.map((note) => single(kind, note)) : [together(kind, notes)],
    );
    this.notes.clear();
    for (const { atMs, text } of lines.sort((left, right) => left.atMs - right.atMs))
      this.terminal.line(`  ${romanianTime(atMs)}  ${text}`);
    const { opened, claimed, responded, resolved } = this.counts;
    const when = romanianTime(this.clock.now());
    this.terminal.progress({ done: opened + claimed + responded + resolved, when, opened, claimed, resolved });
  }

  /** The times of every ticket, a summary, and where the facts come from. Durations are the desk's, but for the paging. */
  conclude(calls: readonly Call[], tookMs: number): void {
    this.flush();
    this.terminal.end();
    const headings = ['ticket', 'hospital', 'severity', 'paged', 'claimed', 'responded', 'resolved'];
    const right = new Set(['paged', 'claimed', 'responded', 'resolved']);
    const listed = [...calls].sort(inOrderOfHospitals);
    this.terminal.line(`\n${table(headings, listed.map(row), right, this.terminal.width)}`);
    const breached = listed.filter(({ breaches }) => breaches.length > 0);
    if (breached.length > 0) this.terminal.line('\nClocks that breached:');
    for (const call of breached) this.terminal.line(breachesOf(call));
    this.terminal.line(`\n${this.summary(calls, tookMs)}`);
    this.terminal.line('\nWhat happened is known from:');
    for (const { publisher, says, url } of sources) this.terminal.line(`  ${publisher}\n    ${says}\n    ${url}`);
  }

  private summary(calls: readonly Call[], tookMs: number): string {
    const paged = calls.flatMap(({ pagedAfterMs }) => pagedAfterMs ?? []);
    const breaches = calls.reduce((sum, call) => sum + call.breaches.length, 0);
    const { escalated, warned } = this.counts;
    const claimed = calls.filter(({ ticket }) => ticket.claimedAt !== null).length;
    const resolved = calls.filter(({ ticket }) => ticket.resolvedAt !== null).length;
    return [
      `Tickets: ${calls.length}, in ${(tookMs / 1_000).toFixed(0)} s: ${paged.length} paged (${spread(paged)} after the desk's answer),`,
      `${claimed} claimed, ${resolved} resolved; escalated ${escalated} times; clock warnings: ${warned}, breaches: ${breaches}.`,
    ].join(' ');
  }

  /** In what words an event is told, or null when it is not; counts it too. */
  private kindOf({ type, data }: DeskEvent, firstPage: boolean): string | null {
    const clockName = clockLabels[String(data.name)] ?? String(data.name);
    switch (type) {
      case 'page.delivered':
        return firstPage ? `paged: ${this.name(data.responderId)}` : null;
      case 'ticket.claimed':
        this.counts.claimed += 1;
        return `claimed by ${this.name(data.claimedBy)}`;
      case 'ticket.responded':
        this.counts.responded += 1;
        return 'hospital called back';
      case 'ticket.severity-changed':
        return `severity set to ${(data.severity as { level: string } | undefined)?.level ?? '?'}`;
      case 'ticket.resolved':
        this.counts.resolved += 1;
        return 'resolved';
      case 'dispatch.escalated':
        this.counts.escalated += 1;
        return `nobody claimed it, escalated to ${this.everybody(data.paged)}`;
      case 'dispatch.exhausted':
        return 'nobody left to page: everybody is paged again';
      case 'clock.warning':
        this.counts.warned += 1;
        return `clock warns: ${clockName}`;
      case 'clock.breached':
        return `CLOCK BREACHED: ${clockName}`;
      case 'incident.phase-changed':
        return `phase: ${String(data.phase)}`;
      default:
        return null;
    }
  }

  private name(id: unknown): string {
    return this.names.get(String(id)) ?? 'somebody';
  }

  private everybody(ids: unknown): string {
    return Array.isArray(ids) && ids.length > 0 ? ids.map((id) => this.name(id)).join(', ') : 'the next step';
  }
}

/** A line, and the moment of the story at which it stands. */
interface Line {
  atMs: number;
  text: string;
}

function single(kind: string, { reference, hospital, atMs, tookMs }: Note): Line {
  const took = tookMs === undefined ? '' : ` after ${tookMs.toFixed(0)} ms`;
  return { atMs, text: `${reference}  ${hospital}: ${kind}${took}` };
}

function together(kind: string, notes: Note[]): Line {
  const took = notes.flatMap(({ tookMs }) => tookMs ?? []);
  const after = took.length === 0 ? '' : ` (after ${spread(took)})`;
  const references = [...new Set(notes.map(({ reference }) => reference))];
  const others = references.length - mostNamed;
  const whose = references.slice(0, mostNamed).join(', ') + (others > 0 ? ` and ${others} more` : '');
  return {
    atMs: notes.reduce((latest, { atMs }) => Math.max(latest, atMs), 0),
    text: `${notes.length} × ${kind}${after}: ${whose}`,
  };
}

function spread(values: number[]): string {
  const sorted = [...values].sort((left, right) => left - right);
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(0);
  return `${at(0)} to ${at(1)} ms, median ${at(0.5)} ms`;
}

/** Those hit first, each role by its numbers. */
function inOrderOfHospitals({ hospital: left }: Call, { hospital: right }: Call): number {
  return left.role.localeCompare(right.role) || left.index - right.index;
}

function row({ ticket, hospital, pagedAfterMs }: Call): string[] {
  const from = ticket.createdAt;
  return [
    ticket.reference,
    hospital.name,
    ticket.severity.level,
    pagedAfterMs === undefined ? 'never' : `${pagedAfterMs.toFixed(0)} ms`,
    elapsed(from, ticket.claimedAt),
    elapsed(from, ticket.firstResponseAt),
    elapsed(from, ticket.resolvedAt),
  ];
}

function breachesOf({ ticket, hospital, breaches }: Call): string {
  const counted = [...Map.groupBy(breaches, (name) => name)].map(([name, all]) =>
    all.length > 1 ? `${name} ×${all.length}` : name,
  );
  return `  ${ticket.reference}  ${hospital.name}: ${counted.join(', ')}`;
}
