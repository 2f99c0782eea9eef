import { Inject, Injectable } from '@nestjs/common';
import { Database, ENVIRONMENT, type Environment } from '../platform/index.js';
import { AnchorFile } from './anchor-file.js';
import type { VerificationDto } from './audit.dto.js';
import type { ChainedEntry } from './domain/chain.js';
import { ChainVerification, type SealedEntry } from './domain/verification.js';
import { countAfter, firstUnsealedWithin, sealsAfter } from './journal.sql.js';

/** So small that hashing a page does not hold up the requests beside it. */
const pageSize = 250;

interface Position {
  xid: string;
  sequence: string;
}

interface SealRow extends Record<string, unknown> {
  number: string;
  sealXid: string;
  sealSequence: string;
  entryId: string;
  hash: Buffer;
  /** The id of the journal entry; null where it is gone. */
  id: string | null;
}

/** Checks the record against its seals, and the seals against the anchors outside the database. */
@Injectable()
export class Verifier {
  private readonly anchors: AnchorFile;

  constructor(
    private readonly database: Database,
    @Inject(ENVIRONMENT) environment: Environment,
  ) {
    this.anchors = new AnchorFile(environment.dataDir);
  }

  /** Follows the whole chain page by page, each in a statement of its own: memory stays the same however long it is. */
  async verify(): Promise<VerificationDto> {
    // Read first: every head that is anchored by now must be found in the chain that is read afterwards.
    const verification = new ChainVerification(await this.anchors.read());
    let position: Position = { xid: '0', sequence: '0' };
    let lastNumber = 0;
    for (;;) {
      const rows = await this.database.query<SealRow>(sealsAfter, [lastNumber, pageSize]);
      const seals = rows.map(toSealedEntry);
      const end = seals.at(-1);
      if (!end) break;
      await this.check(verification, seals, position, end);
      position = end;
      lastNumber = end.number;
    }
    const [waiting] = await this.database.query<{ count: number }>(countAfter, [position.xid, position.sequence]);
    return present(verification, waiting?.count ?? 0);
  }

  private async check(
    verification: ChainVerification,
    seals: SealedEntry[],
    from: Position,
    to: Position,
  ): Promise<void> {
    const [unsealed] = await this.database.query<{ id: string; number: string }>(firstUnsealedWithin, [
      from.xid,
      from.sequence,
      to.xid,
      to.sequence,
    ]);
    for (const seal of seals) {
      if (unsealed && Number(unsealed.number) === seal.number) verification.unsealed(seal.number, unsealed.id);
      verification.next(seal);
    }
  }
}

function toSealedEntry(row: SealRow): SealedEntry {
  const { number, sealXid, sealSequence, entryId, hash } = row;
  const entry = row.id === null ? null : (row as unknown as ChainedEntry);
  return { number: Number(number), xid: sealXid, sequence: sealSequence, entryId, hash, entry };
}

function present(verification: ChainVerification, unsealed: number): VerificationDto {
  const firstFault = verification.finish();
  const { head, sealed } = verification;
  return {
    intact: firstFault === null,
    sealed,
    unsealed,
    head: head && { number: head.number, hash: head.hash.toString('hex') },
    firstFault,
  };
}
