/** Somebody whom a step has reached. */
export interface AskedPerson {
  responderId: string;
  /** Claimed, declined, joined, or said that they have read it. */
  answered: boolean;
  lastPagedAt: Date;
}

/** A step that was taken and that asks several people to answer. */
export interface AskingStep {
  step: number;
  round: number;
  /** How many have to answer. */
  answers: 'all' | number;
  people: readonly AskedPerson[];
}

/** Who of a step is paged again. */
export interface Repage {
  step: number;
  round: number;
  responderIds: string[];
}

/** Whom to page again now, and when to look again; null: everything that was asked for has been answered. */
export interface AnswersDecision {
  again: Repage[];
  nextAt: Date | null;
}

/**
 * Who is paged again about a ticket whose steps ask that everybody, or a number of them, answer. As long as fewer have answered
 * than are asked for (all, where a step reached fewer than it asks for), each who has not is paged again a while after their
 * last page; who has answered never is. Nobody is paged twice at once because of two steps.
 */
export function decideRepages(steps: readonly AskingStep[], now: Date, repeatMs: number): AnswersDecision {
  const isDue = ({ lastPagedAt }: AskedPerson): boolean => lastPagedAt.getTime() + repeatMs <= now.getTime();
  const taken = new Set<string>();
  const again: Repage[] = [];
  const next: number[] = [];
  for (const asking of steps) {
    const awaited = awaitedOf(asking);
    const due = awaited.filter((person) => isDue(person) && !taken.has(person.responderId));
    for (const { responderId } of due) taken.add(responderId);
    if (due.length > 0)
      again.push({ step: asking.step, round: asking.round, responderIds: due.map(({ responderId }) => responderId) });
    next.push(...awaited.map((person) => (isDue(person) ? now : person.lastPagedAt).getTime() + repeatMs));
  }
  return { again, nextAt: next.length === 0 ? null : new Date(Math.min(...next)) };
}

function awaitedOf({ answers, people }: AskingStep): AskedPerson[] {
  const needed = answers === 'all' ? people.length : Math.min(answers, people.length);
  const awaited = people.filter(({ answered }) => !answered);
  return people.length - awaited.length >= needed ? [] : awaited;
}
