import { createRequire } from 'node:module';
import type Holidays from 'date-holidays';
import { Temporal } from 'temporal-polyfill';
import type { HolidayCalendar } from './domain/schedule.js';

/** A public holiday: a whole day on the wall of where it is kept. */
export interface PublicHoliday {
  /** `YYYY-MM-DD` */
  date: string;
  /** In the language of the place. */
  name: string;
}

interface HolidayLibrary {
  Calendar: typeof Holidays;
  /** Tells which places there are. */
  places: Holidays;
}

const codePattern = /^([A-Z]{2})(?:-([A-Z0-9]{1,3}))?$/;
const millisecondsPerHour = 3_600_000;

/** Years in which holidays are known: those that instants of the API can lie in. */
const [firstYear, lastYear] = [2000, 2099];

/** A few hundred places, each with the years that somebody asked for; emptied when a stranger walks through all of them. */
const holidaysByYear = new Map<string, PublicHoliday[]>();
const mostYearsRemembered = 2_000;

let loaded: HolidayLibrary | undefined;

/**
 * Whether the day is a public holiday there.
 *
 * @param country ISO 3166-1 alpha-2, in capitals
 * @param region the second part of an ISO 3166-2 code, or null for what holds in the whole country
 * @param localDate `YYYY-MM-DD`; outside the years 2000 to 2099 no day is a holiday
 */
export function isHoliday(country: string, region: string | null, localDate: string): boolean {
  const year = Number(localDate.slice(0, 4));
  return publicHolidays(region === null ? country : `${country}-${region}`, year).some(
    ({ date }) => date === localDate,
  );
}

/** Whether holidays are known for this ISO 3166 code: a country (`RO`), or a part of one (`DE-BY`). */
export function isHolidayCalendar(code: string): boolean {
  const [, country, region] = codePattern.exec(code) ?? [];
  if (country === undefined) return false;
  const { places } = holidayLibrary();
  const within: Record<string, string> | undefined =
    region === undefined ? places.getCountries() : places.getStates(country);
  return Object.keys(within ?? {}).includes(region ?? country);
}

/** The calendar of a country or a part of one, for the arithmetic. A code that is not known has no holidays. */
export function holidayCalendar(code: string): HolidayCalendar {
  const daysOfYear = new Map<number, Set<number>>();
  return (day) => {
    const year = new Date(day * 24 * millisecondsPerHour).getUTCFullYear();
    const days = daysOfYear.get(year) ?? new Set(publicHolidays(code, year).map(({ date }) => dayNumber(date)));
    daysOfYear.set(year, days);
    return days.has(day);
  };
}

/** The public holidays of a year there, in order. A day that only some have off, or for half of it, is none. */
export function publicHolidays(code: string, year: number): PublicHoliday[] {
  const key = `${code} ${year}`;
  const known = holidaysByYear.get(key);
  if (known) return known;
  const found = isHolidayCalendar(code) && year >= firstYear && year <= lastYear ? computed(code, year) : [];
  if (holidaysByYear.size >= mostYearsRemembered) holidaysByYear.clear();
  holidaysByYear.set(key, found);
  return found;
}

/** The year before is looked at too: a holiday of several days may begin in it. */
function computed(code: string, year: number): PublicHoliday[] {
  const [, country, region] = codePattern.exec(code) ?? [];
  const { Calendar } = holidayLibrary();
  const holidays = region === undefined ? new Calendar(country ?? '') : new Calendar(country ?? '', region);
  const days = [year - 1, year]
    .flatMap((within) => holidays.getHolidays(within))
    .filter(({ type, date }) => type === 'public' && date.slice(11, 19) === '00:00:00')
    .flatMap(({ date, start, end, name }) => {
      const first = Temporal.PlainDate.from(date.slice(0, 10));
      // A day of 23 or 25 hours is one day, and the half day at the end of a feast is none.
      const length = Math.max(1, Math.floor(((end.getTime() - start.getTime()) / millisecondsPerHour + 1) / 24));
      return Array.from({ length }, (_, later) => ({ date: first.add({ days: later }).toString(), name }));
    })
    .filter(({ date }) => date.startsWith(`${year}-`));
  const byDate = new Map(days.map((holiday) => [holiday.date, holiday]));
  return [...byDate.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** Loaded when somebody first asks: the data of the whole world take a moment, and a few tens of megabytes. */
function holidayLibrary(): HolidayLibrary {
  if (!loaded) {
    const Calendar = createRequire(import.meta.url)('date-holidays') as typeof Holidays;
    loaded = { Calendar, places: new Calendar() };
  }
  return loaded;
}

function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / (24 * millisecondsPerHour);
}
