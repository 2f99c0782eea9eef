import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { Authentication, type Viewer } from '../identity/index.js';
import { LOGGER, Wakeups } from '../platform/index.js';
import { isBeyond, justBefore, type StreamPosition } from './domain/stream-position.js';
import { heartbeat } from './domain/sse.js';
import { EventFeed, type FeedBatch, type FeedEvent, type Horizon } from './event-feed.service.js';
import { insightProblems } from './problems.js';

const pollEveryMs = 500;
/** How soon to look again at what waits for another transaction; twice as long after each time in vain. */
const heldBackMs = { first: 4, longest: 100 };
/** How many groups read the journal at once: the connections are there for everybody. */
const readers = 4;
const heartbeatEveryMs = 15_000;
const mostListeners = 5_000;
const mostOfOneCredential = 2_000;

/** Somebody who listens: where they stand, what they want, and how to reach them. */
export interface Listener {
  viewer: Viewer;
  /** Their key, kept in memory only, to find out whether it still holds. */
  key: string;
  position: StreamPosition;
  wants(event: FeedEvent): boolean;
  /** False: the listener is gone, or too slow to be kept. */
  write(chunk: Buffer | string): boolean;
  /** Waits until what was written has left this process, or the listener is gone. */
  drained(): Promise<void>;
  end(): void;
}

/** Listeners who may see the same: the journal is read once for all of them. */
interface Group {
  viewer: Viewer;
  position: StreamPosition;
  listeners: Set<Listener>;
}

/** Brings what happens to everybody who listens in this process, in order, nothing missed and nothing twice. */
@Injectable()
export class EventHub implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly groups = new Map<string, Group>();
  private readonly joining = new Set<Listener>();
  private running = false;
  private again = false;
  private stopped = false;
  private lastHorizon = 0n;
  private heldBackForMs = heldBackMs.first;
  private heldBack: NodeJS.Timeout | undefined;
  private poll: NodeJS.Timeout | undefined;
  private beat: NodeJS.Timeout | undefined;
  private readonly woken = () => void this.distribute();
  private readonly recheck = () => void this.endRevoked();

  constructor(
    private readonly feed: EventFeed,
    private readonly wakeups: Wakeups,
    private readonly authentication: Authentication,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  onApplicationBootstrap(): void {
    this.wakeups.on('journal', this.woken);
    this.wakeups.on('credentials', this.recheck);
    this.poll = setInterval(this.woken, pollEveryMs);
    this.beat = setInterval(() => {
      this.writeToAll(heartbeat);
      // Keys also end by themselves.
      this.recheck();
    }, heartbeatEveryMs);
  }

  beforeApplicationShutdown(): void {
    this.stopped = true;
    this.wakeups.off('journal', this.woken);
    this.wakeups.off('credentials', this.recheck);
    clearInterval(this.poll);
    clearInterval(this.beat);
    clearTimeout(this.heldBack);
    for (const listener of this.listeners()) listener.end();
  }

  /** Throws 429 when this process, or this credential, has as many streams as it may. */
  refuseWhenFull(viewer: Viewer): void {
    const listeners = [...this.listeners()];
    const own = listeners.filter((listener) => listener.viewer.keyId === viewer.keyId).length;
    if (listeners.length >= mostListeners || own >= mostOfOneCredential) throw insightProblems.tooManyStreams();
  }

  /**
   * Adds a listener: brings them up to the present from their own position, as fast as they read, and then along with
   * their group. Ends their stream when that fails, so that they resume.
   */
  async join(listener: Listener): Promise<void> {
    this.joining.add(listener);
    try {
      let behind = true;
      while (this.isJoining(listener) && (behind || this.isBehindItsGroup(listener))) {
        behind = await this.catchUp(listener);
        await listener.drained();
      }
      if (this.isJoining(listener)) this.enter(listener);
    } catch (error) {
      this.logger.warn({ err: error }, 'the journal could not be read for a new listener');
      listener.end();
    } finally {
      this.joining.delete(listener);
    }
    void this.distribute();
  }

  leave(listener: Listener): void {
    this.joining.delete(listener);
    const scope = scopeOf(listener.viewer);
    const group = this.groups.get(scope);
    group?.listeners.delete(listener);
    if (group?.listeners.size === 0) this.groups.delete(scope);
  }

  private enter(listener: Listener): void {
    const scope = scopeOf(listener.viewer);
    const group = this.groups.get(scope);
    if (group) group.listeners.add(listener);
    else
      this.groups.set(scope, { viewer: listener.viewer, position: listener.position, listeners: new Set([listener]) });
  }

  private isJoining(listener: Listener): boolean {
    return this.joining.has(listener) && !this.stopped;
  }

  private isBehindItsGroup(listener: Listener): boolean {
    const group = this.groups.get(scopeOf(listener.viewer));
    return group !== undefined && isBeyond(group.position, listener.position);
  }

  /** Reads once for a listener alone; answers whether there is more. */
  private async catchUp(listener: Listener): Promise<boolean> {
    const horizon = await this.feed.horizon();
    if (!isBeyond(justBefore(horizon.xid), listener.position)) return false;
    const batch = await this.feed.after(listener.viewer, listener.position, horizon.xid);
    this.send(listener, batch);
    return batch.more;
  }

  private async distribute(): Promise<void> {
    this.again = true;
    if (this.running || this.stopped) return;
    this.running = true;
    try {
      while (this.again && !this.stopped && this.groups.size > 0) {
        this.again = false;
        await this.round();
      }
    } catch (error) {
      this.logger.warn({ err: error }, 'the journal could not be read; listeners wait');
    } finally {
      this.running = false;
    }
  }

  private async round(): Promise<void> {
    const horizon = await this.feed.horizon();
    const waiting = [...this.groups.values()].filter((group) => isBeyond(justBefore(horizon.xid), group.position));
    const reader = async () => {
      for (let group = waiting.pop(); group && !this.stopped; group = waiting.pop())
        await this.serve(group, horizon.xid);
    };
    try {
      await Promise.all(Array.from({ length: readers }, reader));
    } finally {
      this.lookAgain(horizon);
    }
  }

  /** What waits for another transaction to end is looked at again in a moment. */
  private lookAgain({ xid, heldBack }: Horizon): void {
    this.heldBackForMs =
      xid > this.lastHorizon ? heldBackMs.first : Math.min(this.heldBackForMs * 2, heldBackMs.longest);
    this.lastHorizon = xid;
    clearTimeout(this.heldBack);
    if (heldBack && !this.stopped) this.heldBack = setTimeout(this.woken, this.heldBackForMs);
  }

  private async serve(group: Group, horizon: bigint): Promise<void> {
    const batch = await this.feed.after(group.viewer, group.position, horizon);
    for (const listener of group.listeners) this.send(listener, batch);
    group.position = batch.end;
    if (batch.more) this.again = true;
  }

  /** Writes a batch at once: its events one by one would be piled up unsent, and taken for a client that does not read. */
  private send(listener: Listener, { events, end }: FeedBatch): void {
    const frames = events
      .filter((event) => isBeyond(event.position, listener.position) && listener.wants(event))
      .map((event) => event.frame);
    if (isBeyond(end, listener.position)) listener.position = end;
    if (frames.length > 0 && !listener.write(Buffer.concat(frames))) this.leave(listener);
  }

  private writeToAll(chunk: string): void {
    for (const listener of this.listeners()) if (!listener.write(chunk)) this.leave(listener);
  }

  private async endRevoked(): Promise<void> {
    for (const listener of [...this.listeners()]) {
      const viewer = await this.authentication.viewerOf(listener.key).catch(() => listener.viewer);
      if (viewer) continue;
      this.leave(listener);
      listener.end();
    }
  }

  private *listeners(): Iterable<Listener> {
    yield* this.joining;
    for (const { listeners } of this.groups.values()) yield* listeners;
  }
}

/** Viewers with the same scope see the same. */
function scopeOf({ role, principalId, providerId, countries }: Viewer): string {
  const personal = role === 'responder' || role === 'integration' ? principalId : null;
  return JSON.stringify([role, personal, role === 'provider' ? providerId : null, countries]);
}
