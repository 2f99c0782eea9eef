import { holidayCalendar, isHoliday, isHolidayCalendar, publicHolidays } from './public-holidays.js';

describe('public holidays', () => {
  it('are those of the country', () => {
    expect(isHoliday('RO', null, '2026-12-01')).toBe(true);
    expect(isHoliday('AT', null, '2026-12-01')).toBe(false);
    expect(isHoliday('AT', null, '2026-10-26')).toBe(true);
  });

  it('move with Easter, which is not on one day everywhere', () => {
    expect(isHoliday('RO', null, '2026-04-13')).toBe(true);
    expect(isHoliday('DE', null, '2026-04-13')).toBe(false);
    expect(isHoliday('DE', null, '2026-04-06')).toBe(true);
  });

  it('of a part of a country are more than those of the whole', () => {
    expect(isHoliday('DE', 'BY', '2026-01-06')).toBe(true);
    expect(isHoliday('DE', null, '2026-01-06')).toBe(false);
    expect(isHoliday('DE', 'BY', '2026-10-03')).toBe(true);
  });

  it('of several days count day by day', () => {
    expect([1, 2, 3].map((day) => isHoliday('RO', null, `2026-01-0${day}`))).toEqual([true, true, false]);
  });

  it('are whole days: an afternoon off is none', () => {
    expect(isHoliday('IS', null, '2026-12-24')).toBe(false);
    expect(isHoliday('IS', null, '2026-12-25')).toBe(true);
  });

  it('are told in order, each day once, all of the year that was asked for', () => {
    for (const code of ['RO', 'DE', 'TR', 'IL', 'CN', 'GB']) {
      const dates = publicHolidays(code, 2027).map(({ date }) => date);
      expect(dates).toEqual([...new Set(dates)].sort());
      expect(dates.every((date) => date.startsWith('2027-'))).toBe(true);
      expect(dates.length).toBeGreaterThan(4);
    }
  });

  it.each(['XX', 'ro', 'DE-ZZ', '', 'RO-', 'R', 'DE-BY-A', '__proto__', 'toString'])('are not known for %p', (code) => {
    expect(isHolidayCalendar(code)).toBe(false);
    expect(publicHolidays(code, 2026)).toEqual([]);
  });

  it('are asked for by day of the wall in the arithmetic', () => {
    const calendar = holidayCalendar('RO');
    const day = (date: string): number => Date.parse(date) / 86_400_000;
    expect(calendar(day('2026-12-01'))).toBe(true);
    expect(calendar(day('2026-12-02'))).toBe(false);
    expect(calendar(day('2035-12-25'))).toBe(true);
    expect(calendar(day('1999-12-25'))).toBe(false);
  });
});
