import { createHmac } from 'node:crypto';
import { HttpDouble, type Received, type Reply } from './http-double.js';

/** A message or a call that the provider took. */
export interface Placed {
  sid: string;
  resource: 'Messages' | 'Calls';
  form: Record<string, string>;
}

/** How the provider behaves: `works`, an answer of its own, or `silent`, which takes the request and says nothing. */
export type Behaviour = 'works' | 'silent' | { status: number; code?: number };

/**
 * A provider of SMS and voice, written from Twilio's documentation of the message and call resources (2010-04-01): what it would
 * refuse, this refuses with the same status and code. It calls back signed as in docs/usage/security.
 */
export class TelephonyDouble {
  readonly placed: Placed[] = [];
  behaviour: Behaviour = 'works';
  readonly account = 'AC00000000000000000000000000000001';
  readonly token = 'a token of the double';
  private readonly http = new HttpDouble((request) => this.answer(request));
  private count = 0;

  async listen(): Promise<this> {
    await this.http.listen();
    return this;
  }

  close(): Promise<void> {
    return this.http.close();
  }

  get url(): string {
    return this.http.url;
  }

  /** How many requests came, taken or not. */
  get asked(): number {
    return this.http.received.length;
  }

  /** Calls the desk at the address that it gave, signed: the address and the sorted parameters, HMAC-SHA1 under the token. */
  async callBack(url: string, form: Record<string, string>, token = this.token): Promise<Response> {
    const sorted = Object.keys(form).sort();
    const text = url + sorted.map((name) => name + (form[name] ?? '')).join('');
    const signature = createHmac('sha1', token).update(text).digest('base64');
    return fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
      body: new URLSearchParams(form),
    });
  }

  private answer({ method, path, headers, body }: Received): Reply {
    if (this.behaviour === 'silent') return null;
    if (this.behaviour !== 'works') return refusal(this.behaviour.status, this.behaviour.code);
    const [, account, resource] = /^\/2010-04-01\/Accounts\/([^/]+)\/(Messages|Calls)\.json$/.exec(path) ?? [];
    if (resource === undefined || method !== 'POST') return refusal(404, 20404);
    const expected = `Basic ${Buffer.from(`${this.account}:${this.token}`).toString('base64')}`;
    if (account !== this.account || headers.authorization !== expected) return refusal(401, 20003);
    if (headers['content-type'] !== 'application/x-www-form-urlencoded') return refusal(415, 20415);
    const form = Object.fromEntries(new URLSearchParams(body.toString('utf8')));
    const code = resource === 'Messages' ? messageFault(form) : callFault(form);
    if (code !== undefined) return refusal(400, code);
    this.count += 1;
    const sid = `${resource === 'Messages' ? 'SM' : 'CA'}${String(this.count).padStart(32, '0')}`;
    this.placed.push({ sid, resource: resource as Placed['resource'], form });
    return { status: 201, body: { sid, status: 'queued', error_code: null } };
  }
}

function refusal(status: number, code?: number): Reply {
  return { status, body: { code, message: 'Refused', more_info: '', status } };
}

function messageFault({
  To = '',
  From = '',
  Body = '',
  StatusCallback = '',
}: Record<string, string>): number | undefined {
  if (!/^\+[1-9]\d{5,14}$/.test(To)) return 21211;
  if (!/^\+[1-9]\d{5,14}$|^[A-Za-z0-9 ]{1,11}$/.test(From)) return 21212;
  if (Body === '') return 21602;
  if (Body.length > 1_600) return 21617;
  return URL.canParse(StatusCallback) ? undefined : 21609;
}

function callFault({
  To = '',
  From = '',
  Twiml = '',
  StatusCallback = '',
}: Record<string, string>): number | undefined {
  if (!/^\+[1-9]\d{5,14}$/.test(To)) return 21211;
  if (!/^\+[1-9]\d{5,14}$/.test(From)) return 21212;
  if (Twiml === '' || Twiml.length > 4_000 || !isWellFormed(Twiml)) return 21218;
  return URL.canParse(StatusCallback) ? undefined : 21609;
}

/** One root element, every element closed in its order, no bare ampersand. */
function isWellFormed(xml: string): boolean {
  if (/&(?!(amp|lt|gt|quot|#\d+);)/.test(xml)) return false;
  const open: string[] = [];
  let roots = 0;
  for (const [, closing, name = '', selfClosing] of xml.matchAll(/<(\/?)([A-Za-z]+)(?:\s[^<>]*?)?(\/?)>/g)) {
    if (closing === '/') {
      if (open.pop() !== name) return false;
    } else if (selfClosing !== '/') {
      if (open.length === 0) roots += 1;
      open.push(name);
    }
  }
  return open.length === 0 && roots === 1;
}
