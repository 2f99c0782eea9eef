import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import { Authentication, type Viewer } from '../identity/index.js';
import { LOGGER, Wakeups } from '../platform/index.js';
import { isBeyond, justBefore, type StreamPosition } from './domain/stream-position.js';
import { heartbeat } from './domain/sse.js';
import { EventFeed, feedBatch, type FeedEvent } from './event-feed.service.js';
import { insightProblems } from './problems.js';

const pollEveryMs = 500;
const heldBackMs = 4;
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
    this.beat = setInterval(() => this.writeToAll(heartbeat), heartbeatEveryMs);
  }

  beforeApplicationShutdown(): void {
    this.stopped = true;
    this.wakeups.off('journal', this.woken);
    this.wakeups.off('credentials', this.recheck);
    clearInterval(this.poll);
    clearInterval(this.beat);
    for (const listener of this.listeners()) listener.end();
  }

  /** Throws 429 when this process, or this credential, has as many streams as it may. */
  refuseWhenFull(viewer: Viewer): void {
    const listeners = [...this.listeners()];
    const own = listeners.filter((listener) => listener.viewer.keyId === viewer.keyId).length;
    if (listeners.length >= mostListeners || own >= mostOfOneCredential) throw insightProblems.tooManyStreams();
  }

  /** Adds a listener: brings them up to where the others of their group are, from their own position, and then along. */
  async join(listener: Listener): Promise<void> {
    this.joining.add(listener);
    try {
      while (this.joining.has(listener) && !this.stopped) {
        const group = this.groups.get(scopeOf(listener.viewer));
        if (!group || !isBeyond(group.position, listener.position)) break;
        await this.catchUp(listener);
      }
      if (this.joining.has(listener) && !this.stopped) this.enter(listener);
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

  private async catchUp(listener: Listener): Promise<void> {
    const horizon = await this.feed.horizon();
    const events = await this.feed.after(listener.viewer, listener.position, horizon.xid);
    for (const event of events) this.send(listener, event);
    if (events.length < feedBatch) listener.position = justBefore(horizon.xid);
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
    await Promise.all([...this.groups.values()].map((group) => this.serve(group, horizon.xid)));
    // What waits for another transaction to end is looked at again in a moment.
    if (horizon.heldBack) setTimeout(this.woken, heldBackMs);
  }

  private async serve(group: Group, horizon: bigint): Promise<void> {
    const events = await this.feed.after(group.viewer, group.position, horizon);
    for (const event of events) for (const listener of group.listeners) this.send(listener, event);
    const last = events.at(-1);
    if (events.length === feedBatch && last) {
      group.position = last.position;
      this.again = true;
    } else if (isBeyond(justBefore(horizon), group.position)) group.position = justBefore(horizon);
  }

  private send(listener: Listener, event: FeedEvent): void {
    if (!isBeyond(event.position, listener.position)) return;
    listener.position = event.position;
    if (listener.wants(event) && !listener.write(event.frame)) this.leave(listener);
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
