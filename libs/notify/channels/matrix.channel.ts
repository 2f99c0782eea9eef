import { type Egress, EgressFailed, EgressRefused, type EgressResponse } from '../../platform/index.js';
import { truncatedBytes } from '../domain/text.js';
import type { Channel, OutgoingMessage, SendResult } from './channel.js';
import { failed, messageOf } from './failure.js';
import { isSuccess, refusal, textMember } from './http-attempt.js';

/** An event may have 65,536 bytes (client-server API, "Size limits"); JSON may write one byte as six. */
const longestBodyBytes = 10_000;

/** For all requests of an attempt together. */
const deadlineMs = 5_000;

/** The homeserver refused a request. */
class MatrixRefusal extends Error {
  constructor(
    readonly status: number,
    /** Such as `M_FORBIDDEN`. */
    readonly code: string,
  ) {
    super(`The homeserver answered ${status} ${code}`);
  }
}

export interface MatrixChannelOptions {
  egress: Egress;
  /** The base address of the homeserver's client-server API, without a slash at its end. */
  homeserver: string;
  /** The access token of the account that writes. */
  token: string;
}

/**
 * Messages by Matrix (client-server API v1.11 and later): to a room that the desk's account was asked into, or to a person, in a
 * room for two that is made at the first message and noted where clients look for it (`m.direct`). The transaction id is the
 * delivery's, so that a repetition of an attempt whose answer was lost shows no second message.
 */
export class MatrixChannel implements Channel {
  readonly name = 'matrix';
  private readonly options: MatrixChannelOptions;
  /** The room of an alias or a person, once it was found. */
  private readonly rooms = new Map<string, string>();
  private self: string | undefined;

  constructor(options: MatrixChannelOptions) {
    this.options = options;
  }

  async send(message: OutgoingMessage, signal?: AbortSignal): Promise<SendResult> {
    const deadline = AbortSignal.timeout(deadlineMs);
    const either = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
    try {
      const room = await this.roomFor(message.to, either);
      return { outcome: 'sent', providerMessageId: await this.say(room, message, either) };
    } catch (error) {
      if (error instanceof EgressRefused) return failed(true, error.message);
      if (!(error instanceof MatrixRefusal)) return failed(false, messageOf(error));
      this.rooms.delete(message.to);
      // A token that is not valid any more is between the desk and its homeserver, and says nothing about the address.
      if (error.status === 401) return failed(false, error.message);
      const { permanent } = refusal(error.status) as { permanent: boolean };
      return failed(permanent, error.message);
    }
  }

  /** Says it in the room; where the account is asked in but has not come yet, after that. */
  private async say(room: string, message: OutgoingMessage, signal?: AbortSignal): Promise<string | undefined> {
    const path = `rooms/${encodeURIComponent(room)}/send/m.room.message/${encodeURIComponent(message.deliveryId)}`;
    const event = { msgtype: 'm.text', body: truncatedBytes(message.text.trim(), longestBodyBytes) };
    try {
      return textMember(await this.call('PUT', path, event, signal), 'event_id');
    } catch (error) {
      if (!(error instanceof MatrixRefusal) || error.status !== 403) throw error;
      await this.call('POST', `join/${encodeURIComponent(room)}`, {}, signal);
      return textMember(await this.call('PUT', path, event, signal), 'event_id');
    }
  }

  private async roomFor(address: string, signal?: AbortSignal): Promise<string> {
    if (address.startsWith('!')) return address;
    const known = this.rooms.get(address);
    if (known !== undefined) return known;
    const room = address.startsWith('@') ? await this.roomWith(address, signal) : await this.roomNamed(address, signal);
    this.rooms.set(address, room);
    return room;
  }

  private async roomNamed(alias: string, signal?: AbortSignal): Promise<string> {
    return needed('room_id', await this.call('POST', `join/${encodeURIComponent(alias)}`, {}, signal));
  }

  /** The room for two, as the account's own `m.direct` knows it (client-server API, "Direct messaging"). */
  private async roomWith(user: string, signal?: AbortSignal): Promise<string> {
    this.self ??= needed('user_id', await this.call('GET', 'account/whoami', undefined, signal));
    const path = `user/${encodeURIComponent(this.self)}/account_data/m.direct`;
    const direct = await this.direct(path, signal);
    const [first] = [direct[user]].flat();
    if (typeof first === 'string') return first;
    const invitation = { preset: 'trusted_private_chat', is_direct: true, invite: [user] };
    const room = needed('room_id', await this.call('POST', 'createRoom', invitation, signal));
    await this.call('PUT', path, { ...direct, [user]: [room] }, signal);
    return room;
  }

  private async direct(path: string, signal?: AbortSignal): Promise<Record<string, unknown>> {
    try {
      return JSON.parse(await this.call('GET', path, undefined, signal)) as Record<string, unknown>;
    } catch (error) {
      if (error instanceof MatrixRefusal && error.status === 404) return {};
      throw error;
    }
  }

  /** Answers the body of a success. Throws `MatrixRefusal` otherwise, and whatever `Egress` throws. */
  private async call(
    method: 'GET' | 'POST' | 'PUT',
    path: string,
    body?: object,
    signal?: AbortSignal,
  ): Promise<string> {
    const { egress, homeserver, token } = this.options;
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const content = body === undefined ? undefined : JSON.stringify(body);
    const answer: Pick<EgressResponse, 'status' | 'body'> = await egress
      .request(`${homeserver}/_matrix/client/v3/${path}`, { method, headers, body: content, signal })
      .catch((error: unknown) => {
        if (error instanceof EgressFailed && error.status !== undefined) return { status: error.status, body: '' };
        throw error;
      });
    if (isSuccess(answer.status)) return answer.body;
    throw new MatrixRefusal(answer.status, textMember(answer.body, 'errcode') ?? '');
  }
}

function needed(name: string, body: string): string {
  const value = textMember(body, name);
  if (value === undefined) throw new Error(`The homeserver's answer has no ${name}.`);
  return value;
}
