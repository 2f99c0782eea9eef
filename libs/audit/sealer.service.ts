import { Inject, Injectable, type BeforeApplicationShutdown, type OnApplicationBootstrap } from '@nestjs/common';
import type { Logger } from 'pino';
import {
  Clock,
  ENVIRONMENT,
  LOGGER,
  Pump,
  UnitOfWork,
  Wakeups,
  type Environment,
  type Work,
} from '../platform/index.js';
import { AnchorFile } from './anchor-file.js';
import type { Anchor } from './domain/anchor-sample.js';
import { genesis, sealOf, type ChainedEntry } from './domain/chain.js';

import { insertSeals, lastSeal, settledAfter, takeSealingLock } from './journal.sql.js';

const sealEveryMs = 1_000;
/** How long after news it is sealed: what comes in the meantime is sealed with it, in one transaction. */
const gatherMs = 100;
const batchSize = 1_000;
const anchorEveryMs = 10_000;

interface Head extends Record<string, unknown> {
  number: string;
  xid: string;
  sequence: string;
  hash: Buffer;
}

type EntryRow = ChainedEntry & Record<string, unknown>;

/** Chains the journal's entries once they are settled, within a second, and anchors the chain's head outside the database. */
@Injectable()
export class Sealer implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly pump = new Pump(() => this.seal(), sealEveryMs);
  private readonly anchors: AnchorFile;
  private readonly woken = () => {
    this.gathering ??= setTimeout(() => {
      this.gathering = undefined;
      this.pump.wake();
    }, gatherMs);
  };
  private gathering: NodeJS.Timeout | undefined;
  private unanchored: Anchor | undefined;
  private anchoredAtMs = 0;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly wakeups: Wakeups,
    private readonly clock: Clock,
    @Inject(ENVIRONMENT) environment: Environment,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {
    this.anchors = new AnchorFile(environment.dataDir);
  }

  onApplicationBootstrap(): void {
    this.wakeups.on('journal', this.woken);
    this.pump.start();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.wakeups.off('journal', this.woken);
    clearTimeout(this.gathering);
    await this.pump.stop();
    await this.anchor();
  }

  /** Seals a batch; answers whether there may be more. */
  private async seal(): Promise<boolean> {
    let more = false;
    try {
      const sealed = await this.unitOfWork.run((work) => sealBatch(work));
      if (sealed) this.unanchored = sealed.head;
      more = sealed?.count === batchSize;
    } catch (error) {
      this.logger.warn({ err: error }, 'the journal could not be sealed: it is tried again');
    }
    if (Clock.processTimeMs() - this.anchoredAtMs >= anchorEveryMs) await this.anchor();
    return more;
  }

  private async anchor(): Promise<void> {
    const anchor = this.unanchored;
    if (!anchor) return;
    this.anchoredAtMs = Clock.processTimeMs();
    try {
      await this.anchors.append(anchor, this.clock.now());
      if (this.unanchored === anchor) this.unanchored = undefined;
      // A second place outside the database: logs are usually shipped to another machine.
      this.logger.info({ number: anchor.number, hash: anchor.hash }, 'the head of the audit chain');
    } catch (error) {
      this.logger.warn({ err: error }, 'the head of the audit chain could not be written down: it is tried again');
    }
  }
}

/** Seals the settled entries after the last seal. Undefined when there are none, or another process is at it. */
async function sealBatch(work: Work): Promise<{ head: Anchor; count: number } | undefined> {
  const [lock] = await work.query<{ taken: boolean }>(takeSealingLock);
  if (!lock?.taken) return undefined;
  const [head] = await work.query<Head>(lastSeal);
  const entries = await work.query<EntryRow>(settledAfter, [head?.xid ?? '0', head?.sequence ?? '0', batchSize]);
  let number = Number(head?.number ?? 0);
  let hash: Buffer = head?.hash ?? genesis;
  const seals = entries.map((entry) => {
    number += 1;
    hash = sealOf(hash, entry);
    return { number, xid: entry.xid, sequence: entry.sequence, entry_id: entry.id, hash: hash.toString('hex') };
  });
  if (seals.length === 0) return undefined;
  await work.query(insertSeals, [JSON.stringify(seals)]);
  return { head: { number, hash: hash.toString('hex') }, count: seals.length };
}
