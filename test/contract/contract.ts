import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Answer, RequestHeaders } from '../harness/client.js';
import type { Desk, Person } from '../harness/desk.js';

interface Operation {
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}

/** The OpenAPI document of a running desk, and which of its operations have been seen to answer as it says. */
export class Contract {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly seen = new Set<string>();

  private constructor(
    private readonly desk: Desk,
    readonly document: { paths: Record<string, Record<string, Operation>> },
  ) {
    addFormats.default(this.ajv);
    this.ajv.addSchema({ ...document, $id: 'openapi' });
  }

  static async of(desk: Desk): Promise<Contract> {
    const { body } = await desk.withKey(undefined).get('/v1/openapi.json');
    return new Contract(desk, body);
  }

  /** Operations that no call has reached yet. */
  get unseen(): string[] {
    const all = Object.entries(this.document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    return all.filter((operation) => !this.seen.has(operation));
  }

  /** Calls an operation, and holds its status and body against the document. `path` may have a query; `parts` fill its braces. */
  call(
    who: Person | null,
    operation: string,
    parts: Record<string, string> = {},
    body?: unknown,
    query = '',
  ): Promise<Answer> {
    return this.callWith(who === null ? undefined : this.desk.keys[who].key, operation, parts, body, query);
  }

  /** The same with any key, or without one. */
  async callWith(
    key: string | undefined,
    operation: string,
    parts: Record<string, string> = {},
    body?: unknown,
    query = '',
    headers: RequestHeaders = {},
  ): Promise<Answer> {
    const [method = '', template = ''] = operation.split(' ');
    const path = template.replace(/\{(\w+)\}/g, (_brace, name: string) => parts[name] ?? 'missing');
    const answer = await this.desk.withKey(key).send(method, path + query, body, headers);
    this.check(operation, method.toLowerCase(), template, answer);
    return answer;
  }

  /** Notes an operation that was looked at by other means: streams, pages for people. */
  note(operation: string): void {
    this.seen.add(operation);
  }

  private check(operation: string, method: string, template: string, answer: Answer): void {
    const described = this.document.paths[template]?.[method];
    if (!described) throw new Error(`${operation} is not in the document.`);
    const status = described.responses[answer.status] ? String(answer.status) : 'default';
    const expectsSuccess = Object.keys(described.responses).some((known) => known === String(answer.status));
    if (!expectsSuccess && answer.status < 400)
      throw new Error(`${operation} answered ${answer.status}, which the document does not know.`);
    if (answer.status < 400) this.seen.add(operation);
    const [mediaType] = Object.keys(described.responses[status]?.content ?? {});
    if (mediaType === undefined) return;
    const pointer = ['paths', template, method, 'responses', status, 'content', mediaType, 'schema']
      .map(encode)
      .join('/');
    const validate = this.ajv.compile({ $ref: `openapi#/${pointer}` });
    if (!validate(answer.body))
      throw new Error(
        `${operation} ${answer.status}: ${this.ajv.errorsText(validate.errors)}: ${JSON.stringify(answer.body).slice(0, 600)}`,
      );
    if (answer.status >= 400 && status !== 'default') throw new Error(`${operation} answered ${answer.status}.`);
  }
}

function encode(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}
