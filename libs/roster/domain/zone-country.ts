let countries: ReadonlyMap<string, string> | undefined;

/**
 * The country (ISO 3166-1 alpha-2) in which a zone of the IANA database lies, by the table that Unicode keeps of them.
 * Null for a zone of no country (`UTC`), and for a name that is no zone.
 */
export function countryOfZone(timeZone: string): string | null {
  countries ??= zonesByCountry();
  return countries.get(canonical(timeZone)) ?? null;
}

function zonesByCountry(): Map<string, string> {
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  return new Map(codes.flatMap((code) => zonesOf(code).map((zone): [string, string] => [canonical(zone), code])));
}

/** Codes that are no longer in use stand for those that took their place (`UK`, `DD`), and have no zones of their own. */

// Intl.Locale Info is in Node since 18 and not yet in TypeScript's library.
function zonesOf(country: string): string[] {
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & { getTimeZones?(): string[] | undefined };
  return locale.region === country ? (locale.getTimeZones?.() ?? []) : [];
}

function canonical(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;
  } catch {
    return timeZone;
  }
}
