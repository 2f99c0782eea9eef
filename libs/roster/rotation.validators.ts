import { ValidateBy } from 'class-validator';

/** The longest turn, in units: more than a year of hours. */
const longestTurn = 10_000;
const mostLengths = 100;
const mostTurns = 500;
const mostTogether = 50;
const longestId = 64;

/** A number of units, or a list of them. Whether they are whole and positive is for `scheduleFaults` to say. */
export function IsTurnLength(): PropertyDecorator {
  return ValidateBy({
    name: 'isTurnLength',
    validator: {
      validate: isTurnLength,
      defaultMessage: () =>
        `must be a number of units up to ${longestTurn}, or a list of at most ${mostLengths} such numbers`,
    },
  });
}

/** Turns, each of them an id, a list of ids, or null. Whether they name anybody is for `scheduleFaults` to say. */
export function AreTurnMembers(): PropertyDecorator {
  return ValidateBy({
    name: 'areTurnMembers',
    validator: {
      validate: areTurnMembers,
      defaultMessage: () =>
        `must be a list of at most ${mostTurns} turns, each an id, a list of at most ${mostTogether} ids, or null`,
    },
  });
}

function isTurnLength(value: unknown): boolean {
  const lengths: unknown[] = Array.isArray(value) ? value : [value];
  return (
    lengths.length <= mostLengths && lengths.every((length) => typeof length === 'number' && length <= longestTurn)
  );
}

function areTurnMembers(value: unknown): boolean {
  return Array.isArray(value) && value.length <= mostTurns && value.every(isTurn);
}

function isTurn(turn: unknown): boolean {
  if (Array.isArray(turn)) return turn.length <= mostTogether && turn.every(isIdText);
  return turn === null || isIdText(turn);
}

function isIdText(value: unknown): boolean {
  return typeof value === 'string' && value.length <= longestId;
}
