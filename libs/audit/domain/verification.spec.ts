import { createHash } from 'node:crypto';
import fc from 'fast-check';
import type { Anchor } from './anchor-sample.js';
import { genesis, sealOf, type ChainedEntry } from './chain.js';
import { ChainVerification, type ChainFault, type SealedEntry } from './verification.js';

function entryOf(sequence: number, data: unknown = { note: `note ${sequence}` }): ChainedEntry {
  return {
    xid: String(700 + Math.floor(sequence / 3)),
    sequence: String(sequence),
    id: `00000000-0000-7000-8000-${String(sequence).padStart(12, '0')}`,
    at: new Date(1_770_775_500_000 + sequence),
    type: 'ticket.opened',
    subject_type: 'ticket',
    subject_id: '00000000-0000-7000-8000-00000000aaaa',
    subject_reference: 'CG-7K3M-9QXD',
    ticket_id: '00000000-0000-7000-8000-00000000aaaa',
    incident_id: null,
    provider_id: null,
    country: 'RO',
    tlp: 'TLP:AMBER',
    audience: 'case',
    actor_type: 'system',
    actor_id: null,
    changes: { state: { from: null, to: 'open' } },
    data,
  };
}

function chainOf(length: number): SealedEntry[] {
  let previous: Buffer = genesis;
  return Array.from({ length }, (_, index) => {
    const entry = entryOf(index + 1);
    previous = sealOf(previous, entry);
    const { xid, sequence, id } = entry;
    return { number: index + 1, xid, sequence, entryId: id, hash: previous, entry };
  });
}

function verify(chain: SealedEntry[], anchors: Anchor[] = []): ChainFault | null {
  const verification = new ChainVerification(anchors);
  for (const seal of chain) verification.next(seal);
  return verification.finish();
}

const anchorOf = (seal: SealedEntry): Anchor => ({ number: seal.number, hash: seal.hash.toString('hex') });
const lengths = fc.integer({ min: 3, max: 30 });
const cut = fc.tuple(lengths, fc.nat()).map(([length, at]) => ({ length, at: at % length }));

describe('the seal of an entry', () => {
  it('starts from 32 zero bytes', () => {
    expect(genesis).toEqual(Buffer.from('00'.repeat(32), 'hex'));
  });

  it('is SHA-256 over the previous seal and canonical JSON, with data as its own SHA-256', () => {
    const { xid, sequence, at, data, ...rest } = entryOf(1, { b: 1, a: 'é' });
    const dataHash = createHash('sha256').update('{"a":"é","b":1}').digest('hex');
    const members = {
      ...rest,
      xid,
      sequence,
      at: at.toISOString(),
      data: dataHash,
      changes: { state: { from: null, to: 'open' } },
    };
    const canonical = JSON.stringify(
      Object.fromEntries(Object.entries(members).sort(([one], [other]) => (one < other ? -1 : 1))),
    );
    expect(sealOf(genesis, entryOf(1, data))).toEqual(createHash('sha256').update(genesis).update(canonical).digest());
  });

  it('does not depend on the order of members', () => {
    expect(sealOf(genesis, entryOf(1, { a: 1, b: { c: 2, d: 3 } }))).toEqual(
      sealOf(genesis, entryOf(1, { b: { d: 3, c: 2 }, a: 1 })),
    );
  });

  it('changes with every column and with the seal before it', () => {
    const entry = entryOf(1);
    const seal = sealOf(genesis, entry);
    for (const column of Object.keys(entry) as (keyof ChainedEntry)[]) {
      const value = column === 'at' ? new Date(entry.at.getTime() + 1) : 'another';
      expect(sealOf(genesis, { ...entry, [column]: value })).not.toEqual(seal);
    }
    expect(sealOf(seal, entry)).not.toEqual(seal);
  });
});

describe('following the chain', () => {
  it('finds nothing in an intact chain, with any of its heads anchored', () => {
    fc.assert(
      fc.property(cut, ({ length, at }) => {
        const chain = chainOf(length);
        expect(verify(chain, [anchorOf(chain[at] as SealedEntry)])).toBeNull();
      }),
    );
    expect(verify([])).toBeNull();
  });

  it('finds an entry that was altered', () => {
    fc.assert(
      fc.property(cut, ({ length, at }) => {
        const chain = chainOf(length).map((seal, index) =>
          index === at ? { ...seal, entry: entryOf(index + 1, { note: 'altered' }) } : seal,
        );
        expect(verify(chain)).toMatchObject({ number: at + 1, kind: 'altered', entryId: chain[at]?.entryId });
      }),
    );
  });

  it('finds an entry that was removed', () => {
    fc.assert(
      fc.property(cut, ({ length, at }) => {
        const chain = chainOf(length).map((seal, index) => (index === at ? { ...seal, entry: null } : seal));
        expect(verify(chain)).toMatchObject({ number: at + 1, kind: 'missing-entry' });
      }),
    );
  });

  it('finds a seal that was removed before the last', () => {
    fc.assert(
      fc.property(cut, ({ length, at }) => {
        fc.pre(at < length - 1);
        expect(verify(chainOf(length).filter((_, index) => index !== at))).toMatchObject({
          number: at + 1,
          kind: 'missing-seal',
        });
      }),
    );
  });

  it('tells a seal that was altered from an entry that was', () => {
    fc.assert(
      fc.property(cut, ({ length, at }) => {
        fc.pre(at < length - 1);
        const chain = chainOf(length).map((seal, index) =>
          index === at ? { ...seal, hash: Buffer.alloc(32, 7) } : seal,
        );
        expect(verify(chain)).toMatchObject({ number: at + 1, kind: 'broken-link' });
      }),
    );
  });

  it('finds seals that were cut off, once a later head was anchored', () => {
    fc.assert(
      fc.property(cut, ({ length, at }) => {
        fc.pre(at < length - 1);
        const chain = chainOf(length);
        const anchors = [anchorOf(chain[0] as SealedEntry), anchorOf(chain.at(-1) as SealedEntry)];
        expect(verify(chain.slice(0, at), anchors)).toMatchObject({ number: length, kind: 'truncated' });
      }),
    );
  });

  it('finds a chain that was made anew from an altered entry', () => {
    const original = chainOf(5);
    let previous: Buffer = genesis;
    const forged = original.map((seal) => {
      const entry = entryOf(seal.number, { note: 'forged' });
      previous = sealOf(previous, entry);
      return { ...seal, entry, hash: previous };
    });
    expect(verify(forged)).toBeNull();
    const [true4, forged4] = [anchorOf(original[3] as SealedEntry), anchorOf(forged[3] as SealedEntry)];
    expect(verify(forged, [true4])).toMatchObject({ number: 4, kind: 'broken-link' });
    // The forger goes on sealing, and so anchoring: that does not overrule what was written down before.
    expect(verify(forged, [true4, forged4])).toMatchObject({ number: 4, kind: 'broken-link' });
  });

  it('finds an entry that was swapped with another', () => {
    fc.assert(
      fc.property(cut, fc.nat(), ({ length, at }, shift) => {
        const other = (at + 1 + (shift % (length - 1))) % length;
        const chain = chainOf(length);
        const swapped = chain.map((seal, index) => {
          const source = index === at ? other : index === other ? at : index;
          return { ...seal, entry: entryOf(source + 1) };
        });
        expect(verify(swapped)).toMatchObject({ number: Math.min(at, other) + 1, kind: 'altered' });
      }),
    );
  });

  it('names an entry that was altered to what JSON cannot hold', () => {
    const chain = chainOf(4).map((seal) =>
      seal.number === 3 ? { ...seal, entry: entryOf(3, { n: Infinity }) } : seal,
    );
    expect(verify(chain)).toMatchObject({ number: 3, kind: 'altered' });
  });

  it('finds an entry that was slipped in', () => {
    const verification = new ChainVerification([]);
    const [first, second] = chainOf(2) as [SealedEntry, SealedEntry];
    verification.next(first);
    verification.unsealed(2, 'slipped-in');
    verification.next(second);
    expect(verification.finish()).toMatchObject({ number: 2, entryId: 'slipped-in', kind: 'missing-seal' });
    expect(verification.sealed).toBe(2);
    expect(verification.head).toBe(second);
  });
});
