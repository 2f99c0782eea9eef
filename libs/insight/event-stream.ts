import type { ServerResponse } from 'node:http';
import type { Viewer } from '../identity/index.js';
import { isAfter, type StreamPosition } from './domain/stream-position.js';
import type { FramedEvent, Round } from './event-reader.service.js';

/** Unread bytes after which a client is cut off: it resumes from where it stood, so that nothing is lost and memory stays. */
const mostUnreadBytes = 256 * 1_024;
const drainWithinMs = 30_000;
const flushWithinMs = 1_000;

/** Which events a stream is about; no value means all. */
export interface EventFilter {
  type?: string[];
  ticket?: string[];
}

/** One client that listens. */
export class EventStream {
  /** Streams of the same scope see the same events. */
  readonly scope: string;
  private readonly types: ReadonlySet<string> | undefined;
  private readonly tickets: ReadonlySet<string> | undefined;

  constructor(
    private readonly raw: ServerResponse,
    readonly viewer: Viewer,
    /** The key that the stream was opened with. */
    readonly bearer: string,
    filter: EventFilter,
    /** All up to here has been written. */
    public position: StreamPosition,
  ) {
    this.scope = scopeOf(viewer);
    this.types = filter.type && new Set(filter.type);
    this.tickets = filter.ticket && new Set(filter.ticket.map((id) => id.toLowerCase()));
  }

  /** Calls `closed` once the client is gone, or was sent away. */
  onClose(closed: () => void): void {
    if (this.raw.destroyed) closed();
    else this.raw.once('close', closed);
  }

  get isOpen(): boolean {
    return !this.raw.writableEnded && !this.raw.destroyed;
  }

  /** Writes what the stream has not had yet of a round, and takes over where the round ends. */
  take({ events, end }: Round): void {
    const frames = events.filter((event) => this.wants(event)).map((event) => event.frame);
    if (frames.length > 0) this.write(frames.length === 1 ? (frames[0] as Buffer) : Buffer.concat(frames));
    if (isAfter(end, this.position)) this.position = end;
  }

  /** Writes a frame. A client that does not read is cut off: judged by what it left of earlier writes. */
  write(frame: Buffer | string): void {
    if (!this.isOpen) return;
    if (this.raw.writableLength > mostUnreadBytes) this.raw.destroy();
    else this.raw.write(frame);
  }

  /** Waits until the client has read. Cuts it off when it does not. */
  async drained(): Promise<void> {
    if (!this.isOpen || !this.raw.writableNeedDrain) return;
    await new Promise<void>((resolve) => {
      const patience = setTimeout(() => this.raw.destroy(), drainWithinMs);
      const done = () => {
        clearTimeout(patience);
        this.raw.off('drain', done).off('close', done);
        resolve();
      };
      this.raw.once('drain', done).once('close', done);
    });
  }

  /** Ends the stream; a client that does not read its end is cut off. */
  end(): void {
    if (!this.isOpen) return;
    this.raw.end();
    setTimeout(() => this.raw.destroy(), flushWithinMs).unref();
  }

  private wants(event: FramedEvent): boolean {
    if (!isAfter(event.position, this.position)) return false;
    if (this.types && !this.types.has(event.type)) return false;
    return !this.tickets || (event.ticketId !== null && this.tickets.has(event.ticketId));
  }
}

/** What a viewer's sight depends on, and nothing else. */
function scopeOf({ role, principalId, providerId, countries }: Viewer): string {
  const takesPart = role === 'responder' || role === 'integration';
  return JSON.stringify([role, takesPart ? principalId : null, role === 'provider' ? providerId : null, countries]);
}
