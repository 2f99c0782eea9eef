import { Injectable } from '@nestjs/common';
import type { Statement, Work } from '../platform/index.js';
import { Reachability, type ContactWay } from '../roster/index.js';
import { Channels } from './channels.service.js';

/** The verified methods of several people by some channels. Index: contact_methods_address. */
const waysOfPeople: Statement = {
  name: 'contact-ways-of-people',
  text: `
    SELECT responder_id AS "responderId", channel, failing_since AS "failingSince"
    FROM codegrey.contact_methods
    WHERE responder_id = ANY($1::uuid[]) AND verified_at IS NOT NULL AND channel = ANY($2::text[])
    ORDER BY responder_id, position, id`,
};

type WayRow = Omit<ContactWay, 'provider'> & { responderId: string } & Record<string, unknown>;

/** Channels that go through something of the desk's own: were it down, nobody could be reached by them. */
const providers = new Map([
  ['email', 'the mail server'],
  ['matrix', 'the Matrix homeserver'],
]);

/** Tells the roster by what ways people can be reached. */
@Injectable()
export class RosterReachability extends Reachability {
  constructor(private readonly channels: Channels) {
    super();
  }

  /** A method whose channel this desk no longer has reaches nobody, so it is no way. */
  async waysOf(within: Pick<Work, 'query'>, responderIds: readonly string[]): Promise<Map<string, ContactWay[]>> {
    const rows = await within.query<WayRow>(waysOfPeople, [responderIds, this.channels.names]);
    const behind = this.providers();
    const byPerson = Map.groupBy(rows, ({ responderId }) => responderId);
    return new Map(
      [...byPerson].map(([responderId, ways]) => [
        responderId,
        ways.map(({ channel, failingSince }) => ({ channel, failingSince, provider: behind.get(channel) ?? null })),
      ]),
    );
  }

  /** A channel with one provider stands and falls with it; of several, another one takes its place. */
  private providers(): ReadonlyMap<string, string> {
    const single = this.channels.list().filter((channel) => channel.providers.length === 1);
    return new Map([...providers, ...single.map(({ name, providers: [id] }) => [name, `the provider ${id}`] as const)]);
  }
}
