import { HttpDouble, type Received, type Reply } from './http-double.js';

/** A message in a room. */
export interface RoomMessage {
  room: string;
  event: string;
  content: { msgtype: string; body: string };
}

/**
 * A homeserver with one account, written from the Matrix client-server API v1.11: joining, rooms for two, account data, and sending
 * with transaction ids that show a repetition for what it is.
 */
export class MatrixDouble {
  readonly messages: RoomMessage[] = [];
  readonly token = 'a token of the double';
  readonly user = '@desk:matrix.example';
  /** Rooms that the account was asked into. */
  readonly invitedTo = new Set<string>();
  readonly aliases = new Map<string, string>();
  readonly accountData = new Map<string, string>();
  readonly http = new HttpDouble((request) => this.answer(request));
  private readonly joined = new Set<string>();
  private readonly transactions = new Map<string, string>();

  async listen(): Promise<this> {
    await this.http.listen();
    return this;
  }

  close(): Promise<void> {
    return this.http.close();
  }

  private answer({ method, path, headers, body }: Received): Reply {
    if (headers.authorization !== `Bearer ${this.token}`) return refused(401, 'M_UNKNOWN_TOKEN');
    const [base, ...parts] = path.replace('/_matrix/client/v3/', 'v3/').split('/').map(decodeURIComponent);
    if (base !== 'v3') return refused(404, 'M_UNRECOGNIZED');
    const content = body.toString('utf8');
    switch (`${method} ${parts[0]}`) {
      case 'GET account':
        return { status: 200, body: { user_id: this.user } };
      case 'POST join':
        return this.join(parts[1] ?? '');
      case 'POST createRoom':
        return this.create(JSON.parse(content) as { invite: string[]; is_direct: boolean });
      case 'GET user':
        return this.accountData.has(parts[3] ?? '')
          ? { status: 200, body: this.accountData.get(parts[3] ?? '') }
          : refused(404, 'M_NOT_FOUND');
      case 'PUT user':
        this.accountData.set(parts[3] ?? '', content);
        return { status: 200, body: {} };
      case 'PUT rooms':
        return this.say(parts[1] ?? '', parts[4] ?? '', JSON.parse(content) as RoomMessage['content']);
      default:
        return refused(404, 'M_UNRECOGNIZED');
    }
  }

  private join(asked: string): Reply {
    const room = this.aliases.get(asked) ?? asked;
    if (!this.invitedTo.has(room) && !this.joined.has(room)) return refused(403, 'M_FORBIDDEN');
    this.joined.add(room);
    return { status: 200, body: { room_id: room } };
  }

  private create({ invite, is_direct: isDirect }: { invite: string[]; is_direct: boolean }): Reply {
    if (!isDirect || invite.length !== 1) return refused(400, 'M_BAD_JSON');
    const room = `!direct${this.joined.size}:matrix.example`;
    this.joined.add(room);
    return { status: 200, body: { room_id: room } };
  }

  private say(room: string, transaction: string, content: RoomMessage['content']): Reply {
    if (!this.joined.has(room)) return refused(403, 'M_FORBIDDEN');
    const before = this.transactions.get(transaction);
    if (before !== undefined) return { status: 200, body: { event_id: before } };
    const event = `$event${this.messages.length}`;
    this.transactions.set(transaction, event);
    this.messages.push({ room, event, content });
    return { status: 200, body: { event_id: event } };
  }
}

function refused(status: number, errcode: string): Reply {
  return { status, body: { errcode, error: 'Refused' } };
}
