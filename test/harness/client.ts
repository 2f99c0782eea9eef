/** What the desk answered. `body` is the parsed JSON, or the text where it is none. */
export interface Answer {
  status: number;
  // The tests read answers as an outside program does: without the types of the code that made them.
  body: Json;
  headers: Headers;
}

/** A JSON value whose members are read as they come. */
export type Json = ReturnType<typeof JSON.parse>;

/** Extra headers of a request. */
export type RequestHeaders = Record<string, string>;

/** Speaks HTTP to the desk with one credential. `baseUrl` is asked for at each request, for a restarted desk has another. */
export class Client {
  constructor(
    private readonly baseUrl: () => string,
    private readonly key: string | undefined,
  ) {}

  get(path: string, headers?: RequestHeaders): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  post(path: string, body?: unknown, headers?: RequestHeaders): Promise<Answer> {
    return this.send('POST', path, body, headers);
  }

  put(path: string, body?: unknown, headers?: RequestHeaders): Promise<Answer> {
    return this.send('PUT', path, body, headers);
  }

  patch(path: string, body?: unknown, headers?: RequestHeaders): Promise<Answer> {
    return this.send('PATCH', path, body, headers);
  }

  delete(path: string, headers?: RequestHeaders): Promise<Answer> {
    return this.send('DELETE', path, undefined, headers);
  }

  /** Sends `body` as JSON. A string or bytes go as they are, so that a garbled body can be sent too. */
  async send(method: string, path: string, body?: unknown, headers: RequestHeaders = {}): Promise<Answer> {
    const response = await fetch(new URL(path, this.baseUrl()), {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(30_000),
      headers: {
        ...(this.key === undefined ? {} : { authorization: `Bearer ${this.key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: encoded(body) }),
    });
    return { status: response.status, body: parsed(await response.text()), headers: response.headers };
  }
}

function encoded(body: unknown): string | Buffer<ArrayBuffer> {
  return typeof body === 'string' || isBytes(body) ? body : JSON.stringify(body);
}

function isBytes(body: unknown): body is Buffer<ArrayBuffer> {
  return Buffer.isBuffer(body);
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
