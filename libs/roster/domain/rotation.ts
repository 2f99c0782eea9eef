import { type CountedUnits, countedUnits } from './rotation-units.js';
import type { Restriction, Rotation } from './schedule.js';
import type { Span } from './span.js';
import { parseWallTime, type WallClock } from './wall-clock.js';

/** A turn of a rotation, cut to the window it was asked for. */
export interface Turn extends Span {
  /** Whose turn it is; nobody's when empty. */
  members: readonly string[];
}

/**
 * The turns of one rotation, numbered from 0. Every answer is computed from the count on the wall, never by stepping through the past.
 *
 * The turn held at an instant is the last one, by number, whose hand-off has come. So a hand-off that falls together with the
 * next one (or, where the wall skips more than a turn, after it) is no shift, and the count goes on.
 *
 * Expects a rotation without faults (`scheduleFaults`); a wall time that cannot be read throws a RangeError.
 */
export class RotationTurns {
  private readonly units: CountedUnits;
  private readonly firstHandoff: number;
  private readonly members: readonly (readonly string[])[];
  private readonly lengths: readonly number[];
  private readonly unitsPerCycle: number;
  private readonly neverChanges: boolean;

  constructor(
    rotation: Rotation,
    restrictions: readonly Restriction[],
    private readonly clock: WallClock,
  ) {
    const firstHandoff = parseWallTime(rotation.firstHandoff);
    if (firstHandoff === null) throw new RangeError(`not a wall time: ${rotation.firstHandoff}`);
    this.units = countedUnits(rotation, firstHandoff, restrictions);
    this.firstHandoff = clock.firstInstantOf(firstHandoff);
    this.members = rotation.members.map((members) => (members === null ? [] : [members].flat()));
    this.lengths = [rotation.length].flat();
    this.unitsPerCycle = this.lengths.reduce((sum, length) => sum + length, 0);
    this.neverChanges = new Set(this.members.map((members) => JSON.stringify([...members].sort()))).size === 1;
  }

  /** Number of the turn held at the instant; null before the first hand-off. */
  at(instant: number): number | null {
    if (instant < this.firstHandoff) return null;
    const count = this.units.lastBegunBy(this.clock.furthestWallBy(instant));
    let turn = this.turnOf(Math.max(0, count));
    // The wall may have shown a hand-off whose instant is still to come: around a skipped or repeated hour only.
    while (this.handoff(turn) > instant) turn -= 1;
    return turn;
  }

  /** The instant at which the turn begins, in milliseconds since the epoch. */
  handoff(turn: number): number {
    return turn === 0 ? this.firstHandoff : this.clock.firstInstantOf(this.units.startOf(this.unitsBefore(turn)));
  }

  /** Whose turn it is; nobody's when empty. */
  membersOf(turn: number): readonly string[] {
    return this.members[turn % this.members.length]!;
  }

  /** Who holds the window, turn by turn: ordered, without overlap, and without a hole from the first hand-off on. */
  between(window: Span): Turn[] {
    const begin = Math.max(window.start, this.firstHandoff);
    if (begin >= window.end) return [];
    if (this.neverChanges) return [{ members: this.membersOf(0), start: begin, end: window.end }];
    const turns: Turn[] = [];
    let end = window.end;
    for (let turn = this.at(window.end - 1) ?? 0; end > begin; turn -= 1) {
      const start = Math.max(begin, this.handoff(turn));
      if (start >= end) continue;
      turns.push({ members: this.membersOf(turn), start, end });
      end = start;
    }
    return turns.reverse();
  }

  private turnOf(count: number): number {
    const cycle = Math.floor(count / this.unitsPerCycle);
    let rest = count - cycle * this.unitsPerCycle;
    let place = 0;
    while (rest >= this.lengths[place]!) {
      rest -= this.lengths[place]!;
      place += 1;
    }
    return cycle * this.lengths.length + place;
  }

  private unitsBefore(turn: number): number {
    const cycle = Math.floor(turn / this.lengths.length);
    const place = turn - cycle * this.lengths.length;
    return cycle * this.unitsPerCycle + this.lengths.slice(0, place).reduce((sum, length) => sum + length, 0);
  }
}
