/** What becomes of a policy that was put to the test. */
export type StandingChange = 'fell-silent' | 'recovered' | 'unchanged';

/** Whether it is news that a policy could end in silence, or could no longer. One that was never tested was not silent. */
export function standingChange(silentSince: Date | null, isSilent: boolean): StandingChange {
  if (isSilent) return silentSince === null ? 'fell-silent' : 'unchanged';
  return silentSince === null ? 'unchanged' : 'recovered';
}
