import { Agent, fetch, type RequestInit, type Response } from 'undici';

/** Who speaks: the names of keys in `demo-keys.json`. */
export type Speaker = 'coordinator' | 'admin' | 'responder' | 'responder2' | 'responder3';

/** The part of `demo-keys.json` that the replay uses. */
export type DeskKeys = { baseUrl: string } & Record<Speaker, { key: string; id: string }>;

/** The desk refused: its problem document (RFC 9457) in one sentence. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

/** Speaks to a desk by its public API, as whoever it is told to. */
export class DeskClient {
  private readonly connections = new Agent();

  constructor(
    readonly baseUrl: string,
    readonly keys: DeskKeys,
    private readonly signal: AbortSignal,
  ) {}

  /** Whether a desk that knows the coordinator's key answers within two seconds. */
  async answers(): Promise<boolean> {
    try {
      const signal = AbortSignal.any([this.signal, AbortSignal.timeout(2_000)]);
      return (await this.fetch('coordinator', 'GET', 'me', { signal })).ok;
    } catch {
      return false;
    }
  }

  /** Lets go of every connection: a desk that is about to stop would wait for them. */
  async close(): Promise<void> {
    await this.connections.destroy();
  }

  async get<Answer>(speaker: Speaker, path: string): Promise<Answer> {
    return this.read<Answer>(path, await this.fetch(speaker, 'GET', path));
  }

  /** All items of a list, page after page. */
  async list<Item>(speaker: Speaker, path: string): Promise<Item[]> {
    const items: Item[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query = new URLSearchParams({ limit: '200', ...(cursor === '' ? {} : { cursor }) });
      const page: { items: Item[]; nextCursor: string | null } = await this.get(speaker, `${path}?${query.toString()}`);
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }

  async post<Answer>(speaker: Speaker, path: string, body?: object): Promise<Answer> {
    return this.read<Answer>(path, await this.fetch(speaker, 'POST', path, withBody(body)));
  }

  async put<Answer>(speaker: Speaker, path: string, body: object): Promise<Answer> {
    return this.read<Answer>(path, await this.fetch(speaker, 'PUT', path, withBody(body)));
  }

  /** The events that the coordinator may see, as they happen; from after `lastEventId` when it is given. */
  async openEvents(lastEventId: string | undefined, signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const headers: Record<string, string> = { accept: 'text/event-stream' };
    if (lastEventId !== undefined) headers['last-event-id'] = lastEventId;
    const answer = await this.fetch('coordinator', 'GET', 'events', { headers, signal });
    if (!answer.ok || !answer.body) await this.read('events', answer);
    return answer.body as ReadableStream<Uint8Array>;
  }

  private fetch(speaker: Speaker, method: string, path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.baseUrl}/v1/${path}`, {
      method,
      dispatcher: this.connections,
      signal: this.signal,
      ...init,
      headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${this.keys[speaker].key}` },
    });
  }

  private async read<Answer>(path: string, answer: Response): Promise<Answer> {
    if (answer.ok) return (await answer.json()) as Answer;
    const problem = (await answer.json().catch(() => ({}))) as { title?: string; detail?: string };
    throw new Refusal(answer.status, `${path}: ${answer.status} ${problem.detail ?? problem.title ?? ''}`.trim());
  }
}

function withBody(body: object | undefined): RequestInit {
  if (body === undefined) return {};
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}
