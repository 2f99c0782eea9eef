import { durationMs, InvalidDeskConfig } from '../../platform/index.js';
import { parseTimeOfDay } from '../domain/wall-clock.js';

/** Reads what a file in `config/` says as text, and names the file and the place where it cannot be read. */
export class DeskRules {
  constructor(private readonly file: string) {}

  /** An ISO 8601 duration, in milliseconds. Throws `InvalidDeskConfig` when it is none, or negative. */
  duration(place: string, text: string): number {
    try {
      const ms = durationMs(text);
      if (ms >= 0) return ms;
    } catch {
      // Told below, with its place.
    }
    throw this.fault(place, `is no ISO 8601 duration of fixed length: ${text}`);
  }

  /** A time of day, in minutes. Throws `InvalidDeskConfig` when it is none. */
  timeOfDay(place: string, text: string): number {
    const minutes = parseTimeOfDay(text);
    if (minutes === null) throw this.fault(place, `is no time of day from 00:00 to 23:59: ${text}`);
    return minutes;
  }

  /** What is wrong, to be thrown. */
  fault(place: string, detail: string): InvalidDeskConfig {
    return new InvalidDeskConfig(`${this.file}.yaml: ${place} ${detail}`);
  }
}
