import fc from 'fast-check';
import { pageLinkHtml, unknownLinkHtml } from './page-link-html.js';
import { undoLastsMs, viewPageLink, type PageLinkFacts } from './page-link-view.js';

const now = new Date('2026-02-11T02:10:00Z');
const me = 'responder-1';

const facts = (
  page: Partial<PageLinkFacts['page']> = {},
  ticket: Partial<PageLinkFacts['ticket']> = {},
): PageLinkFacts => ({
  page: { responderId: me, state: 'delivered', purpose: 'claim', response: null, acknowledgedAt: null, ...page },
  ticket: {
    reference: 'CG-0000-0000',
    severity: 'SEV1',
    summary: 'Ransom note on ward PCs',
    tlp: 'TLP:AMBER',
    exercise: false,
    state: 'open',
    claimedBy: null,
    ...ticket,
  },
});

const claimed = { response: 'claimed', state: 'acknowledged', acknowledgedAt: now } as const;

describe('viewPageLink', () => {
  it.each([
    ['an open ticket', facts(), ['claim', 'decline']],
    [
      'a request to reinforce',
      facts({ purpose: 'reinforce' }, { state: 'claimed', claimedBy: 'other' }),
      ['join', 'decline'],
    ],
    ['a page that failed on the way', facts({ state: 'failed' }), ['claim', 'decline']],
    ['a ticket of somebody else', facts({ state: 'withdrawn' }, { state: 'claimed', claimedBy: 'other' }), []],
    ['a withdrawn page of an open ticket', facts({ state: 'withdrawn' }), []],
    ['a page declined before', facts({ response: 'declined', state: 'acknowledged' }), []],
    ['a notice', facts({ purpose: 'notice' }), []],
    [
      'a holder who is asked whether they are still on it',
      facts({ purpose: 'lease' }, { state: 'claimed', claimedBy: me }),
      ['confirm'],
    ],
    [
      'a holder who has said that they are',
      facts({ purpose: 'lease', state: 'acknowledged', response: 'confirmed' }, { state: 'claimed', claimedBy: me }),
      [],
    ],
    ['who no longer holds it', facts({ purpose: 'lease', state: 'withdrawn' }, { claimedBy: null }), []],
    ['a resolved ticket', facts({}, { state: 'resolved', claimedBy: me }), []],
  ])('offers for %s what would do something', (_name, given, actions) => {
    expect(viewPageLink(given, now).actions).toEqual(actions);
  });

  it('offers to take a claim by link back for a minute', () => {
    const given = facts(claimed, { state: 'claimed', claimedBy: me });
    const at = (ms: number) => viewPageLink(given, new Date(now.getTime() + ms));
    expect(at(undoLastsMs - 1)).toMatchObject({ standing: 'Claimed by you.', actions: ['undo'] });
    expect(at(undoLastsMs)).toMatchObject({ standing: 'Claimed by you.', actions: [], undoUntil: null });
  });

  it('does not offer to take back what was claimed in another way', () => {
    expect(viewPageLink(facts({}, { state: 'claimed', claimedBy: me }), now).actions).toEqual([]);
  });

  it.each([
    ['TLP:RED', null],
    ['TLP:AMBER+STRICT', null],
    ['TLP:AMBER', 'Ransom note on ward PCs'],
    ['TLP:CLEAR', 'Ransom note on ward PCs'],
  ] as const)('shows of a ticket under %s the summary %j', (tlp, summary) => {
    expect(viewPageLink(facts({}, { tlp }), now).summary).toBe(summary);
  });
});

describe('pageLinkHtml', () => {
  const html = (given: PageLinkFacts, notice?: string) =>
    pageLinkHtml(viewPageLink(given, now), '/v1/pages/token', notice);

  it('has a form for each action and no script', () => {
    const shown = html(facts());
    expect(shown).toContain('<form method="post" action="/v1/pages/token/claim">');
    expect(shown).toContain('<form method="post" action="/v1/pages/token/decline">');
    expect(shown).not.toMatch(/<script|javascript:|\son\w+=/i);
    expect(shown).toContain('width=device-width');
  });

  it('marks a drill', () => {
    expect(html(facts({}, { exercise: true }))).toContain('EXERCISE');
    expect(html(facts())).not.toContain('EXERCISE');
  });

  it('shows what people wrote as text and never as markup', () => {
    const hostile = fc
      .array(fc.constantFrom('<', '>', '"', "'", '&', 'script', ' onload=', '</p>', '\n', 'x'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(hostile, hostile, (summary, notice) => {
        const tags = (text: string) => text.match(/<[^>]*>/g);
        expect(tags(html(facts({}, { summary }), notice))).toEqual(tags(html(facts(), 'notice')));
      }),
    );
  });

  it('says nothing of a ticket when the link is unknown', () => {
    expect(unknownLinkHtml()).not.toMatch(/CG-|SEV|<form/);
  });
});
