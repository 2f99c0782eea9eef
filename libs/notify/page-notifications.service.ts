import { Injectable } from '@nestjs/common';
import { Clock, Outbox, pageHandover, UnitOfWork } from '../platform/index.js';
import { abandonDeliveries } from './delivery.js';
import { PageMessages } from './page-messages.service.js';
import { PageRounds, type Round } from './page-rounds.service.js';
import { Sender } from './sender.service.js';
import { WithdrawnPages } from './withdrawn-pages.service.js';
import { waves } from './waves.js';

/** An attempt's deadline, and time to write down what came of it. A process that dies in between holds a page up for so long. */
const leaseMs = 8_000;

/** What comes of attempts within this time is written down together. */
const togetherMs = 25;

/**
 * Sends the pages that are owed, in rounds: what is due at one moment is written down, sent at once by all methods that
 * have their turn, and what came of it is written down as it comes, together with what follows. Sending needs the
 * network, so it stands between transactions; the message in the outbox is leased meanwhile, and whoever dies here is
 * followed by somebody who sends again.
 */
@Injectable()
export class PageNotifications {
  constructor(
    private readonly outbox: Outbox,
    private readonly unitOfWork: UnitOfWork,
    private readonly rounds: PageRounds,
    private readonly messages: PageMessages,
    private readonly sender: Sender,
    private readonly withdrawn: WithdrawnPages,
    private readonly clock: Clock,
  ) {}

  /** Acts on one message about a page. A message that is in other hands, or gone, is left alone. */
  async handle(messageId: string): Promise<void> {
    const message = await this.outbox.lease(messageId, leaseMs);
    if (!message) return;
    const round = await this.unitOfWork.run(async (work) => {
      const begun = await this.rounds.begin(work, message.subjectId);
      if (begun === null) await this.outbox.take(work, messageId);
      return begun;
    });
    if (round !== null) await this.send(messageId, round);
  }

  private async send(messageId: string, round: Round): Promise<void> {
    const { page, owedAt } = round;
    const outgoing = await this.messages.compose(round);
    if (await this.withdrawn.isWithdrawn(page.id)) return this.abandon(messageId, round);
    let written = 0;
    let handedOver = page.state !== 'owed';
    for await (const results of waves(this.sender.send(outgoing), togetherMs)) {
      if (!handedOver && results.some(({ result }) => result.outcome !== 'failed')) {
        handedOver = true;
        pageHandover.observe((this.clock.now().getTime() - owedAt.getTime()) / 1_000);
      }
      written += results.length;
      await this.unitOfWork.run(async (work) => {
        await this.rounds.end(work, page.id, results);
        if (written === outgoing.length) await this.outbox.take(work, messageId);
      });
    }
  }

  /** The page was withdrawn or answered while its messages were written: nobody is woken for it. */
  private async abandon(messageId: string, { messages }: Round): Promise<void> {
    await this.unitOfWork.run(async (work) => {
      await abandonDeliveries(
        work,
        messages.map(({ delivery }) => delivery),
      );
      await this.outbox.take(work, messageId);
    });
  }
}
