import { wallTime } from '../../platform/domain/index.js';
import { type ChannelTrust, mayDisclose, type TlpLabel } from './disclosure.js';
import { layOut, type RenderedMessage } from './message-layout.js';
import { singleLine } from './text.js';

/** The four levels, SEV1 the gravest. */
export type SeverityLevel = 'SEV1' | 'SEV2' | 'SEV3' | 'SEV4';

/** A message is read on a telephone, so that it does not list them all. */
const mostReferences = 20;

/** Everything that a page could say; what it does say is decided by its label and its channel. */
export interface PageFacts {
  reference: string;
  severity: SeverityLevel;
  summary: string;
  providerName: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  tlp: TlpLabel;
  exercise: boolean;
  /** The page link, by which the responder claims or declines. */
  link: string;
  /** Why the severity is what it is. */
  reasons: readonly string[];
  channelTrust: ChannelTrust;
  /** The number that was verified in peacetime, E.164. */
  callbackNumber?: string;
  /** When the claim clock is due; null where none runs. */
  claimDueAt: Date | null;
  /** The responder's IANA time zone. */
  timeZone: string;
  /** The escalation step, counted from 1. */
  step: number;
  /** Tickets of the same storm that this page tells of too, by their references (some of them, where they are many). */
  more?: { count: number; references: readonly string[] };
}

/**
 * The page to a responder. On a public channel, and for a label that must not leave by message, it holds the reference, the severity
 * and the link, and nothing from which the provider could be guessed; otherwise also what a woken expert needs to decide.
 */
export function renderPage(facts: PageFacts): RenderedMessage {
  const { exercise, reference, severity } = facts;
  const disclosed = mayDisclose(facts.tlp, facts.channelTrust, 'responder');
  return layOut({
    exercise,
    subject: disclosed
      ? `[${severity}] ${reference}${alsoOf(facts)} ${facts.summary} (${facts.providerName})`
      : `[${severity}] ${reference}${alsoOf(facts)}`,
    headline: `${severity} ticket ${reference}`,
    paragraphs: [...(disclosed ? [singleLine(facts.summary)] : []), ...theOthers(facts, disclosed)],
    facts: disclosed ? details(facts) : [],
    link: { label: 'Open, claim or decline', url: facts.link },
  });
}

/** The others in a subject: how many there are. */
function alsoOf({ more }: PageFacts): string {
  return more && more.count > 0 ? ` and ${more.count} more` : '';
}

/** The others in the text. Each of them is claimed by itself; the severity of the message is the highest of them all. */
function theOthers({ more, reference }: PageFacts, disclosed: boolean): string[] {
  if (!more || more.count === 0) return [];
  const told = `${more.count} more ${more.count === 1 ? 'ticket' : 'tickets'} like ${reference}, each to be claimed by itself`;
  const shown = more.references.slice(0, mostReferences);
  if (!disclosed || shown.length === 0) return [`${told}.`];
  return [`${told}: ${shown.join(', ')}${more.count > shown.length ? ' and others' : ''}.`];
}

function details(facts: PageFacts): [name: string, value: string][] {
  const lines: [string, string][] = [
    ['Provider', singleLine(`${facts.providerName} (${facts.country})`)],
    ...facts.reasons.map((reason): [string, string] => [`Why ${facts.severity}`, singleLine(reason)]),
  ];
  if (facts.claimDueAt !== null) lines.push(['Claim due', wallTime(facts.claimDueAt, facts.timeZone)]);
  if (facts.callbackNumber !== undefined) lines.push(['Call back', singleLine(facts.callbackNumber)]);
  lines.push(['Escalation step', String(facts.step)], ['Sharing', facts.tlp]);
  return lines;
}

/** A message from the desk to the provider about its ticket. */
export interface UpdateFacts {
  reference: string;
  /** What the desk writes; may have several lines. */
  text: string;
  tlp: TlpLabel;
  channelTrust: ChannelTrust;
  exercise: boolean;
  /** Where the provider reads it after signing in. */
  link: string;
}

/** The update to the provider: its text where label and channel permit, otherwise only where it can be read. */
export function renderUpdate({ reference, text, tlp, channelTrust, exercise, link }: UpdateFacts): RenderedMessage {
  const disclosed = mayDisclose(tlp, channelTrust, 'provider');
  return layOut({
    exercise,
    // A reply joins its ticket by the reference in the subject.
    subject: `${reference} Message from the response desk`,
    headline: `Ticket ${reference}: message from the response desk`,
    paragraphs: disclosed ? [severalLines(text)] : [],
    facts: disclosed ? [['Sharing', tlp]] : [],
    link: { label: disclosed ? 'Open the ticket' : 'Read it', url: link },
  });
}

function severalLines(text: string): string {
  return text
    .split(/\r\n|[\r\n\u0085\u2028\u2029]/)
    .map(singleLine)
    .join('\n');
}
