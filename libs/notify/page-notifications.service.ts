import { Injectable } from '@nestjs/common';
import { Clock, Outbox, pageHandover, UnitOfWork } from '../platform/index.js';
import type { DeliveryResult } from './delivery.js';
import { PageMessages } from './page-messages.service.js';
import { PageRounds, type Round } from './page-rounds.service.js';
import { Sender } from './sender.service.js';

/** An attempt's deadline, and time to write down what came of it. A process that dies in between holds a page up for so long. */
const leaseMs = 8_000;

/**
 * Sends the pages that are owed, in rounds: what is due at one moment is written down, sent at once by all methods that have their
 * turn, and what came of it is written down together with what follows. Sending needs the network, so it stands between two
 * transactions; the message in the outbox is leased meanwhile, and whoever dies here is followed by somebody who sends again.
 */
@Injectable()
export class PageNotifications {
  constructor(
    private readonly outbox: Outbox,
    private readonly unitOfWork: UnitOfWork,
    private readonly rounds: PageRounds,
    private readonly messages: PageMessages,
    private readonly sender: Sender,
    private readonly clock: Clock,
  ) {}

  /** Acts on one message about a page. A message that is in other hands, or gone, is left alone. */
  async handle(messageId: string): Promise<void> {
    const message = await this.outbox.lease(messageId, leaseMs);
    if (!message) return;
    const pageId = message.subjectId;
    const round = await this.unitOfWork.run(async (work) => {
      const begun = await this.rounds.begin(work, pageId);
      if (begun === null) await this.outbox.take(work, messageId);
      return begun;
    });
    if (round === null) return;
    const results = await this.sender.send(await this.messages.compose(round));
    this.observe(round, results);
    await this.unitOfWork.run(async (work) => {
      await this.rounds.end(work, pageId, results);
      await this.outbox.take(work, messageId);
    });
  }

  /** How long the page took from being owed to a channel that took it. */
  private observe({ page }: Round, results: readonly DeliveryResult[]): void {
    if (page.state !== 'owed' || results.every(({ result }) => result.outcome === 'failed')) return;
    pageHandover.observe((this.clock.now().getTime() - page.createdAt.getTime()) / 1_000);
  }
}
