import * as fc from 'fast-check';
import { escapeHtml } from '../../platform/domain/index.js';
import { type ChannelTrust, mayDisclose, type Recipient, type TlpLabel } from './disclosure.js';
import { type RenderedMessage } from './message-layout.js';
import { type PageFacts, renderPage, renderUpdate, type UpdateFacts } from './page-message.js';
import { singleLine, truncated } from './text.js';

const page: PageFacts = {
  reference: 'CG-7K3M-Q2XD',
  severity: 'SEV1',
  summary: 'Ransom note on ward PCs, EHR unreachable',
  providerName: 'County Hospital North',
  country: 'RO',
  tlp: 'TLP:AMBER',
  exercise: false,
  link: 'https://desk.example/p/0f3c',
  reasons: ['emergency care is diverted', 'the attack is spreading'],
  channelTrust: 'confidential',
  callbackNumber: '+40210000000',
  claimDueAt: new Date('2026-02-11T02:10:59Z'),
  timeZone: 'Europe/Bucharest',
  step: 2,
};

const update: UpdateFacts = {
  reference: 'CG-7K3M-Q2XD',
  text: 'Isolate the backup server.\nWe call at 05:00.',
  tlp: 'TLP:AMBER',
  channelTrust: 'confidential',
  exercise: false,
  link: 'https://desk.example/t/CG-7K3M-Q2XD',
};

const labels: TlpLabel[] = ['TLP:RED', 'TLP:AMBER+STRICT', 'TLP:AMBER', 'TLP:GREEN', 'TLP:CLEAR'];
const trusts: ChannelTrust[] = ['confidential', 'public'];

const anyText = fc.string({ unit: 'binary', maxLength: 300 });
/** Text with everything that HTML and mail headers take amiss, far more often than chance would have it. */
const hostileText = fc
  .array(
    fc.oneof(
      anyText,
      fc.constantFrom('<script>', '"', "'", '&', '</p>', '\r\nBcc: x@y.example', '\u2028', '\u202e', '😷'),
    ),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(''));

const anyPage = fc.record<PageFacts>({
  reference: fc.constant(page.reference),
  severity: fc.constantFrom('SEV1', 'SEV2', 'SEV3', 'SEV4'),
  summary: hostileText,
  providerName: hostileText,
  country: fc.constantFrom('RO', 'FR', 'IE'),
  tlp: fc.constantFrom(...labels),
  exercise: fc.boolean(),
  link: fc.constant(page.link),
  reasons: fc.array(hostileText, { maxLength: 4 }),
  channelTrust: fc.constantFrom(...trusts),
  callbackNumber: fc.option(fc.constant('+40210000000'), { nil: undefined }),
  claimDueAt: fc.option(fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }), { nil: null }),
  timeZone: fc.constantFrom('Europe/Bucharest', 'Atlantic/Azores', 'Europe/Atlantis', ''),
  step: fc.integer({ min: 1, max: 9 }),
  more: fc.option(
    fc.record({ count: fc.nat(200), references: fc.array(fc.constant('CG-0000-0000'), { maxLength: 100 }) }),
    {
      nil: undefined,
    },
  ),
});

const all = ({ subject, text, html }: RenderedMessage) => `${subject}\n${text}\n${html}`;
const linesOf = (text: string) => text.split(/\r\n|[\r\n\u0085\u2028\u2029]/);

describe('a page on a confidential channel', () => {
  it('says what a woken expert needs to decide', () => {
    expect(renderPage(page)).toMatchObject({
      subject: '[SEV1] CG-7K3M-Q2XD Ransom note on ward PCs, EHR unreachable (County Hospital North)',
      text: `SEV1 ticket CG-7K3M-Q2XD

Ransom note on ward PCs, EHR unreachable

Provider: County Hospital North (RO)
Why SEV1: emergency care is diverted
Why SEV1: the attack is spreading
Claim due: 2026-02-11 04:10+02:00 Europe/Bucharest
Call back: +40210000000
Escalation step: 2
Sharing: TLP:AMBER

Open, claim or decline:
https://desk.example/p/0f3c
`,
    });
  });

  it('shows the due time on the wall of the responder, before and after a change of clocks', () => {
    const due = (at: string) => renderPage({ ...page, timeZone: 'Europe/Lisbon', claimDueAt: new Date(at) }).text;
    expect(due('2026-03-29T00:30:00Z')).toContain('Claim due: 2026-03-29 00:30+00:00 Europe/Lisbon');
    expect(due('2026-03-29T01:30:00Z')).toContain('Claim due: 2026-03-29 02:30+01:00 Europe/Lisbon');
  });

  it('falls back to UTC rather than to silence where the zone is not known', () => {
    expect(renderPage({ ...page, timeZone: 'Europe/Atlantis' }).text).toContain('2026-02-11 02:10+00:00 UTC');
  });

  it('leaves out what there is not', () => {
    const { text } = renderPage({ ...page, claimDueAt: null, callbackNumber: undefined, reasons: [] });
    expect(text).not.toMatch(/Claim due|Call back|Why|undefined|null/);
  });
});

describe('a page that tells of a storm', () => {
  const references = Array.from({ length: 30 }, (_, index) => `CG-0000-00${10 + index}`);

  it('names how many more there are, and the first of them', () => {
    const { subject, text } = renderPage({ ...page, more: { count: 12, references: references.slice(0, 12) } });
    expect(subject).toContain('[SEV1] CG-7K3M-Q2XD and 12 more ');
    expect(text).toContain('12 more tickets like CG-7K3M-Q2XD, each to be claimed by itself: CG-0000-0010, ');
  });

  it('does not list more than can be read on a telephone', () => {
    const { text } = renderPage({ ...page, more: { count: 99, references } });
    expect(text).toContain('CG-0000-0029 and others.');
    expect(text).not.toContain('CG-0000-0030');
  });

  it('says no more than their number on a public channel', () => {
    const { subject, text } = renderPage({ ...page, channelTrust: 'public', more: { count: 1, references } });
    expect(subject).toBe('[SEV1] CG-7K3M-Q2XD and 1 more');
    expect(text).toContain('1 more ticket like CG-7K3M-Q2XD, each to be claimed by itself.');
    expect(text).not.toContain('CG-0000');
  });
});

describe('the minimum', () => {
  it('is reference, severity and link', () => {
    expect(renderPage({ ...page, channelTrust: 'public' })).toMatchObject({
      subject: '[SEV1] CG-7K3M-Q2XD',
      text: 'SEV1 ticket CG-7K3M-Q2XD\n\nOpen, claim or decline:\nhttps://desk.example/p/0f3c\n',
    });
  });

  it.each<[TlpLabel, ChannelTrust, Recipient, boolean]>([
    ['TLP:RED', 'confidential', 'responder', false],
    ['TLP:RED', 'confidential', 'provider', false],
    ['TLP:AMBER+STRICT', 'confidential', 'responder', false],
    ['TLP:AMBER+STRICT', 'confidential', 'provider', true],
    ['TLP:AMBER', 'confidential', 'responder', true],
    ['TLP:GREEN', 'confidential', 'responder', true],
    ['TLP:CLEAR', 'confidential', 'responder', true],
    ['TLP:AMBER', 'public', 'responder', false],
    ['TLP:CLEAR', 'public', 'responder', false],
    ['TLP:CLEAR', 'public', 'provider', false],
    ['TLP:WHITE' as TlpLabel, 'confidential', 'responder', false],
  ])('%s on a %s channel to a %s: content %s', (tlp, trust, recipient, disclosed) => {
    expect(mayDisclose(tlp, trust, recipient)).toBe(disclosed);
  });

  it('of TLP:RED never holds the summary or the provider, on any channel', () => {
    const marked = hostileText.map((text) => `Quarzbergwerk ${text} Feldspat`);
    fc.assert(
      fc.property(anyPage, marked, marked, (facts, summary, providerName) => {
        const said = all(renderPage({ ...facts, tlp: 'TLP:RED', summary, providerName, reasons: [summary] }));
        expect(said).not.toMatch(/Quarzbergwerk|Feldspat/);
      }),
    );
  });

  it('does not depend on anything but reference, severity, link and the exercise mark', () => {
    fc.assert(
      fc.property(anyPage, anyPage, (one, other) => {
        fc.pre(
          !mayDisclose(one.tlp, one.channelTrust, 'responder') &&
            !mayDisclose(other.tlp, other.channelTrust, 'responder'),
        );
        const { severity, exercise, more } = one;
        expect(renderPage({ ...other, severity, exercise, more })).toEqual(renderPage(one));
      }),
    );
  });
});

describe('every page', () => {
  it('has a subject of one line and at most 120 characters, which holds the reference', () => {
    fc.assert(
      fc.property(anyPage, (facts) => {
        const { subject } = renderPage(facts);
        expect(subject.length).toBeLessThanOrEqual(120);
        expect(linesOf(subject)).toHaveLength(1);
        expect(subject).not.toMatch(/[\p{Cc}\u202A-\u202E\u2066-\u2069]/u);
        expect(subject.isWellFormed()).toBe(true);
        expect(subject).toContain(facts.reference);
      }),
    );
  });

  it('says first of all that it is an exercise, if and only if it is one', () => {
    fc.assert(
      fc.property(anyPage, (facts) => {
        const { subject, text, html } = renderPage({ ...facts, summary: 'x', providerName: 'y', reasons: [] });
        expect(subject.startsWith('EXERCISE ')).toBe(facts.exercise);
        expect(text.startsWith('EXERCISE')).toBe(facts.exercise);
        expect(html.includes('<body>\n<p><strong>EXERCISE')).toBe(facts.exercise);
      }),
    );
  });

  it('has as many lines of text as we gave it, whatever a caller has typed', () => {
    fc.assert(
      fc.property(anyPage, (facts) => {
        const plain = { ...facts, summary: 'x', providerName: 'y', reasons: facts.reasons.map(() => 'z') };
        const empty = singleLine(facts.summary) === '';
        fc.pre(!empty);
        expect(linesOf(renderPage(facts).text)).toHaveLength(linesOf(renderPage(plain).text).length);
      }),
    );
  });

  it('has the same markup whatever a caller has typed, and shows it as typed', () => {
    const markup = (html: string) => html.replace(/[^<>"]/g, '');
    fc.assert(
      fc.property(anyPage, hostileText, (facts, summary) => {
        fc.pre(singleLine(summary) !== '');
        const open: PageFacts = { ...facts, tlp: 'TLP:AMBER', channelTrust: 'confidential', summary };
        const plain = { ...open, summary: 'x', providerName: 'y', reasons: facts.reasons.map(() => 'z') };
        expect(markup(renderPage(open).html)).toBe(markup(renderPage(plain).html));
        expect(renderPage(open).html).toContain(`<p>${escapeHtml(singleLine(summary))}</p>`);
      }),
    );
  });
});

describe('an update to the provider', () => {
  it('carries its text with the label', () => {
    expect(renderUpdate(update)).toMatchObject({
      subject: 'CG-7K3M-Q2XD Message from the response desk',
      text: expect.stringContaining('\n\nIsolate the backup server.\nWe call at 05:00.\n\nSharing: TLP:AMBER\n'),
      html: expect.stringContaining('<p>Isolate the backup server.<br>We call at 05:00.</p>'),
    });
  });

  it('only says where to read it when label or channel do not permit more', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom(...labels), fc.constantFrom(...trusts), (text, tlp, channelTrust) => {
        fc.pre(!mayDisclose(tlp, channelTrust, 'provider'));
        const withheld = renderUpdate({ ...update, text, tlp, channelTrust });
        expect(withheld).toEqual(renderUpdate({ ...update, tlp: 'TLP:RED' }));
        expect(withheld.text).toContain(update.link);
      }),
    );
  });

  it('is marked as an exercise first', () => {
    const { subject, text } = renderUpdate({ ...update, exercise: true });
    expect(subject).toMatch(/^EXERCISE /);
    expect(text).toMatch(/^EXERCISE/);
  });
});

describe('text', () => {
  it('is cut without breaking a character', () => {
    expect(truncated('abc', 3)).toBe('abc');
    expect(truncated('abcd', 3)).toBe('ab…');
    expect(truncated('a😷😷', 4)).toBe('a😷…');
    expect(truncated('a😷😷', 3)).toBe('a…');
  });

  it('escapes so that decoding gives the same text back', () => {
    const decoded = (html: string) =>
      html
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&#39;', "'")
        .replaceAll('&amp;', '&');
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"']/);
        expect(decoded(escapeHtml(text))).toBe(text);
      }),
    );
  });
});
