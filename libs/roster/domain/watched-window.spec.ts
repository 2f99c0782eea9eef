import { fewestOnCall, windowsToWatch, type WatchedWindow } from './watched-window.js';

const at = (text: string) => new Date(`${text}:00Z`);
const shift = (responderId: string, start: string, end: string) => ({ responderId, start: at(start), end: at(end) });
const window = (kind: WatchedWindow['kind'], shifts: Record<string, ReturnType<typeof shift>[]>): WatchedWindow => ({
  kind,
  start: at('2026-03-28T00:00').getTime(),
  end: at('2026-03-30T00:00').getTime(),
  shifts: new Map(Object.entries(shifts)),
});
const everybody = () => true;
const during = (start: string, end: string) => ({ start: at(start).getTime(), end: at(end).getTime() });

describe('when to look at the schedules', () => {
  it('looks ahead, and around each change of the clocks in the coming year', () => {
    const windows = windowsToWatch(at('2026-02-11T00:00'), 30 * 86_400_000, ['Europe/Bucharest', 'Europe/Paris']);
    expect(
      windows.map(({ kind, start, end }) => [kind, new Date(start).toISOString(), new Date(end).toISOString()]),
    ).toEqual([
      ['ahead', '2026-02-11T00:00:00.000Z', '2026-03-13T00:00:00.000Z'],
      ['change-of-clocks', '2026-03-28T01:00:00.000Z', '2026-03-30T01:00:00.000Z'],
      ['change-of-clocks', '2026-10-24T01:00:00.000Z', '2026-10-26T01:00:00.000Z'],
    ]);
  });

  it('knows zones whose clocks never change', () => {
    expect(windowsToWatch(at('2026-02-11T00:00'), 86_400_000, ['UTC'])).toHaveLength(1);
  });
});

describe('how few are on call at the worst moment', () => {
  it('finds the first gap of several', () => {
    const shifts = [shift('ana', '2026-03-28T06:00', '2026-03-28T18:00')];
    expect(fewestOnCall([window('ahead', { rota: shifts })], ['rota'], everybody)).toEqual({
      count: 0,
      during: during('2026-03-28T00:00', '2026-03-28T06:00'),
    });
  });

  it('has no gap where one schedule begins as another ends', () => {
    const days = [shift('ana', '2026-03-28T00:00', '2026-03-29T00:00')];
    const nights = [shift('ben', '2026-03-29T00:00', '2026-03-30T00:00')];
    const windows = [window('ahead', { days, nights })];
    expect(fewestOnCall(windows, ['days', 'nights'], everybody).count).toBe(1);
    expect(fewestOnCall(windows, ['days'], everybody).count).toBe(0);
  });

  it('counts a person of two schedules once, until the last of their shifts is over', () => {
    const shifts = [
      shift('ana', '2026-03-28T00:00', '2026-03-29T00:00'),
      shift('ana', '2026-03-28T12:00', '2026-03-30T00:00'),
    ];
    expect(fewestOnCall([window('ahead', { rota: shifts })], ['rota'], everybody)).toEqual({
      count: 1,
      during: during('2026-03-28T00:00', '2026-03-30T00:00'),
    });
  });

  it('counts only those who count', () => {
    const shifts = [shift('ana', '2026-03-28T00:00', '2026-03-30T00:00')];
    expect(fewestOnCall([window('ahead', { rota: shifts })], ['rota'], (id) => id === 'ben').count).toBe(0);
  });

  it('minds in a night of a change of clocks what the change tears open, and not what is so every night', () => {
    const torn = [
      shift('ana', '2026-03-28T00:00', '2026-03-29T01:00'),
      shift('ana', '2026-03-29T02:00', '2026-03-30T00:00'),
    ];
    const everyNight = [
      shift('ana', '2026-03-28T06:00', '2026-03-28T18:00'),
      shift('ana', '2026-03-29T06:00', '2026-03-29T18:00'),
    ];
    expect(fewestOnCall([window('change-of-clocks', { rota: torn })], ['rota'], everybody)).toEqual({
      count: 0,
      during: during('2026-03-29T01:00', '2026-03-29T02:00'),
    });
    expect(fewestOnCall([window('change-of-clocks', { rota: everyNight })], ['rota'], everybody).count).toBe(Infinity);
  });
});
