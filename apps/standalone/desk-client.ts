/** Speaks to a desk by its public API. */
export class DeskClient {
  constructor(
    private readonly baseUrl: string,
    private readonly key: string,
  ) {}

  /** Whether the desk knows this credential. */
  async isKnown(): Promise<boolean> {
    const answer = await this.fetch('me');
    return answer.ok;
  }

  /** The first 200 of a list. */
  async list<Item>(path: string): Promise<Item[]> {
    const answer = await this.fetch(`${path}?limit=200`);
    return ((await this.body(answer, path)) as { items: Item[] }).items;
  }

  /** Makes something. Throws with the desk's own words when it refuses. */
  async post<Made>(path: string, input: object): Promise<Made> {
    const answer = await this.fetch(path, {
      method: 'POST',
      body: JSON.stringify(input),
      headers: { 'content-type': 'application/json' },
    });
    return (await this.body(answer, path)) as Made;
  }

  private fetch(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.baseUrl}/v1/${path}`, {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${this.key}` },
    });
  }

  private async body(answer: Response, path: string): Promise<unknown> {
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}
