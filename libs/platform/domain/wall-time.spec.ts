import { wallTime } from './wall-time.js';

describe('wallTime', () => {
  it.each([
    ['Europe/Bucharest', '2026-02-11 04:10+02:00 Europe/Bucharest'],
    ['Asia/Kathmandu', '2026-02-11 07:55+05:45 Asia/Kathmandu'],
    ['UTC', '2026-02-11 02:10+00:00 UTC'],
    ['Nowhere/Land', '2026-02-11 02:10+00:00 UTC'],
  ])('shows the clock of %s', (zone, shown) => {
    expect(wallTime(new Date('2026-02-11T02:10:59.999Z'), zone)).toBe(shown);
  });

  it('tells the two passes of a repeated hour apart', () => {
    expect(wallTime(new Date('2026-10-25T00:30:00Z'), 'Europe/Paris')).toBe('2026-10-25 02:30+02:00 Europe/Paris');
    expect(wallTime(new Date('2026-10-25T01:30:00Z'), 'Europe/Paris')).toBe('2026-10-25 02:30+01:00 Europe/Paris');
  });
});
