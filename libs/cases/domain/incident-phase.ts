/** The phases of an incident, as in NIST SP 800-61 and ISO/IEC 27035, with triage before them. */
export const PHASES = ['triage', 'containment', 'eradication', 'recovery', 'post-incident', 'closed'] as const;

export type Phase = (typeof PHASES)[number];

/** What an incident has reached, as far as its phases depend on it. */
export interface PhaseFacts {
  phase: Phase;
  containedAt: Date | null;
  recoveredAt: Date | null;
  reviewPublished: boolean;
  /** Tickets that are neither resolved nor closed, rejected or merged. */
  openTickets: number;
  /** Clinical services that are still down. */
  servicesDown: string[];
}

/** A move to another phase: what it means, or why it is not allowed. */
export type PhaseMove =
  | { kind: 'moved'; contained: boolean; recovered: boolean }
  | { kind: 'refused'; detail: string }
  | { kind: 'note-needed'; detail: string };

/**
 * Decides a move. Forward by one phase needs no reason; skipping one, or going back, needs a note. Recovery is complete
 * only when no service is down, and an incident is closed only after its review, with all its tickets resolved.
 */
export function movePhase(facts: PhaseFacts, to: Phase, note: string | undefined): PhaseMove {
  const step = PHASES.indexOf(to) - PHASES.indexOf(facts.phase);
  const refusal = refusalOf(facts, to, step);
  if (refusal !== null) return { kind: 'refused', detail: refusal };
  if (step !== 1 && note === undefined)
    return { kind: 'note-needed', detail: step > 1 ? 'is needed to skip a phase' : 'is needed to go back' };
  return {
    kind: 'moved',
    contained: facts.containedAt === null && PHASES.indexOf(to) > PHASES.indexOf('containment'),
    recovered: facts.recoveredAt === null && PHASES.indexOf(to) > PHASES.indexOf('recovery'),
  };
}

function refusalOf(facts: PhaseFacts, to: Phase, step: number): string | null {
  if (step === 0) return `The incident is in ${to} already.`;
  if (facts.phase === 'closed') return 'The incident is closed: reopen one of its tickets.';
  if (PHASES.indexOf(to) > PHASES.indexOf('recovery') && facts.servicesDown.length > 0) {
    return `Recovery is not complete: ${facts.servicesDown.join(', ')} still down.`;
  }
  if (to !== 'closed') return null;
  if (facts.openTickets > 0) return 'Tickets of this incident are still open: resolve them first.';
  if (!facts.reviewPublished) return 'The post-incident review has not been published.';
  return null;
}
