/** The clocks whose warnings ask after the holder: nobody has spoken to the provider, or not for long. */
export const watchedClocks: readonly string[] = ['first-response', 'next-update'];

/** What a desk has set about claims as leases. */
export interface LeaseRules {
  /** From which part of a clock's target on its warnings count. */
  askFrom: number;
  /** How long the holder has to answer, by severity. */
  answerWithinMs: Readonly<Record<string, number>>;
}

/** What of a ticket decides whether its holder is asked after. */
export interface LeasedTicket {
  state: string;
  claimedBy: string | null;
  severityLevel: string;
}

/** A clock that warns. */
export interface WarningClock {
  name: string;
  state: string;
  /** The parts of its target at which it has warned. */
  warningsGiven: readonly number[];
}

/** A holder who was asked whether they are still on it. */
export interface Lease {
  holderId: string;
  askedAt: Date;
  dueAt: Date;
}

/**
 * Whether the holder is asked if they are still on it: a watched clock warns, late enough, and nothing was heard of the holder
 * since the claim and since the clock began. Who is being asked already is not asked again. Answers until when they have to
 * answer; null: they are not asked.
 */
export function decideAsking(
  ticket: LeasedTicket,
  clock: WarningClock,
  heard: { ofHolder: boolean; isAsked: boolean },
  rules: LeaseRules,
  now: Date,
): Date | null {
  if (ticket.state !== 'claimed' || ticket.claimedBy === null) return null;
  if (!watchedClocks.includes(clock.name) || clock.state !== 'warning') return null;
  if (!clock.warningsGiven.some((part) => part >= rules.askFrom)) return null;
  if (heard.ofHolder || heard.isAsked) return null;
  return new Date(now.getTime() + (rules.answerWithinMs[ticket.severityLevel] ?? 0));
}

/**
 * What becomes of a lease when its time to answer is over: it `expired` when nothing was heard of the holder since they were
 * asked; it is `kept` otherwise; it is `moot` when the ticket is held by nobody or by somebody else.
 */
export function decideExpiry(ticket: LeasedTicket, lease: Lease, heardSince: boolean): 'expired' | 'kept' | 'moot' {
  if (ticket.state !== 'claimed' || ticket.claimedBy !== lease.holderId) return 'moot';
  return heardSince ? 'kept' : 'expired';
}
