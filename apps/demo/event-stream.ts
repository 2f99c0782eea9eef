import { setTimeout as sleep } from 'node:timers/promises';
import type { DeskClient } from './desk-client.js';

/** What the replay reads of a CloudEvent 1.0. */
export interface DeskEvent {
  type: string;
  /** Desk time, RFC 3339. */
  time: string;
  /** The ticket's reference. */
  subject?: string;
  ticketid?: string;
  data: Record<string, unknown>;
}

const reconnectAfterMs = 500;

/**
 * Follows `GET /v1/events` until the signal ends it, and resumes after the last event received when the connection is
 * lost. Resolves once the desk has begun to answer; what happens from then on is missed by nobody.
 */
export async function followEvents(
  desk: DeskClient,
  signal: AbortSignal,
  take: (event: DeskEvent) => void,
): Promise<void> {
  let lastEventId: string | undefined;
  const receive = (id: string | undefined, event: DeskEvent) => {
    lastEventId = id ?? lastEventId;
    take(event);
  };
  void follow(await desk.openEvents(undefined, signal));

  async function follow(stream: ReadableStream<Uint8Array>): Promise<void> {
    let current: ReadableStream<Uint8Array> | undefined = stream;
    while (!signal.aborted) {
      if (current) await readFrames(current, receive);
      if (signal.aborted) return;
      await sleep(reconnectAfterMs);
      current = await reopen();
    }
  }

  async function reopen(): Promise<ReadableStream<Uint8Array> | undefined> {
    try {
      return await desk.openEvents(lastEventId, signal);
    } catch {
      // The desk is away or restarting: it is asked again until the replay ends.
      return undefined;
    }
  }
}

/** Reads server-sent events (WHATWG HTML, 9.2) until the stream ends or is cut. */
async function readFrames(
  stream: ReadableStream<Uint8Array>,
  receive: (id: string | undefined, event: DeskEvent) => void,
): Promise<void> {
  let pending = '';
  try {
    for await (const text of stream.pipeThrough(new TextDecoderStream())) {
      const frames = (pending + text).split('\n\n');
      pending = frames.pop() ?? '';
      for (const frame of frames) {
        const data = field(frame, 'data');
        if (data !== undefined) receive(field(frame, 'id'), JSON.parse(data) as DeskEvent);
      }
    }
  } catch {
    // The connection was cut, by the end of the replay or by the desk: it is resumed after the last whole event.
  }
}

function field(frame: string, name: string): string | undefined {
  const line = frame.split('\n').find((candidate) => candidate.startsWith(`${name}:`));
  return line?.slice(name.length + 1).trimStart();
}
