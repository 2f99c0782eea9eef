import { present } from './eventually.js';
import type { Json } from './client.js';
import type { Desk, Person } from './desk.js';

/** One server-sent event: its id, and the CloudEvent that it carries. */
export interface StreamedEvent {
  id: string;
  event: Json;
}

/** Reads `GET /v1/events` as a browser does, and can be cut off and resumed. */
export class EventStream {
  readonly received: StreamedEvent[] = [];
  private readonly abort = new AbortController();
  private ended: Promise<void>;

  /** Opens the stream as this person; from `lastEventId` on when it is given. */
  static async open(desk: Desk, person: Person, lastEventId?: string): Promise<EventStream> {
    const stream = new EventStream();
    const response = await fetch(`${desk.url}/v1/events`, {
      signal: stream.abort.signal,
      headers: {
        authorization: `Bearer ${desk.keys[person].key}`,
        accept: 'text/event-stream',
        ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }),
      },
    });
    if (response.status !== 200) throw new Error(`${response.status} ${await response.text()}`);
    stream.ended = stream.read(present(response.body, 'body'));
    return stream;
  }

  /** The id with which to resume. */
  get lastEventId(): string {
    return present(this.received.at(-1), 'event').id;
  }

  /** The ids of the CloudEvents, in the order of their arrival. */
  get eventIds(): string[] {
    return this.received.map(({ event }) => event.id);
  }

  /** The events about a ticket, by its reference. */
  about(reference: string): Json[] {
    return this.received.map(({ event }) => event).filter(({ subject }) => subject === reference);
  }

  /** Cuts the connection. */
  async cut(): Promise<void> {
    this.abort.abort();
    await this.ended;
  }

  private async read(body: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    let pending = '';
    try {
      for await (const chunk of body) {
        const frames = (pending + decoder.decode(chunk, { stream: true })).split('\n\n');
        pending = frames.pop() ?? '';
        frames.forEach((frame) => this.take(frame));
      }
    } catch {
      // The connection was cut, by the test or by the end of the process: what has been received is what counts.
    }
  }

  private take(frame: string): void {
    const fields = new Map(frame.split('\n').map((line): [string, string] => splitField(line)));
    const data = fields.get('data');
    if (data !== undefined) this.received.push({ id: fields.get('id') ?? '', event: JSON.parse(data) });
  }
}

function splitField(line: string): [string, string] {
  const colon = line.indexOf(':');
  return [line.slice(0, colon), line.slice(colon + 1).trimStart()];
}
