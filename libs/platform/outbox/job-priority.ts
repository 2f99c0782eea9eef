/** Turns that are told apart within one priority; the ones beyond wait together. */
const mostTurns = 200_000;

/**
 * BullMQ's priority of a job (1 to 2,097,152, the lowest number first) for a message of this priority (0 to 9, 0 first) whose turn
 * it is in its lane (from 1): all of one priority before any of the next, and within it the first of every lane before any second.
 */
export function jobPriority(priority: number, turn: number): number {
  return 1 + priority * mostTurns + Math.min(turn, mostTurns) - 1;
}
