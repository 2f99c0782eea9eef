/** What speaks against the desk being alive: counts of what is late, and the references of some of the tickets concerned. */
export interface SignsOfDeath {
  lateTimers: number;
  lateMessages: number;
  /** Open tickets that have no next step, or whose next step is late. */
  withoutNextStep: readonly string[];
  /** Open tickets about which nobody was paged. */
  unpaged: readonly string[];
}

/** Why the sign of life is withheld; empty when every open ticket has a next step that is on time. */
export function whyWithheld({ lateTimers, lateMessages, withoutNextStep, unpaged }: SignsOfDeath): string[] {
  return [
    ...(lateTimers > 0 ? [`${lateTimers} ${lateTimers === 1 ? 'timer is' : 'timers are'} late`] : []),
    ...(lateMessages > 0 ? [`${lateMessages} ${lateMessages === 1 ? 'message is' : 'messages are'} not acted on`] : []),
    ...withoutNextStep.map((reference) => `${reference} is open and has no next step that is on time`),
    ...unpaged.map((reference) => `${reference} is open and nobody has been paged about it`),
  ];
}
