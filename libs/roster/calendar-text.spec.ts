import fc from 'fast-check';
import ICAL from 'ical.js';
import { calendarText } from './calendar-text.js';
import { calendarEvents, calendarWindow, type CalendarEvent, type CalendarShift } from './domain/shift-calendar.js';

const madeAt = new Date('2026-02-11T02:05:07.891Z');

/** What another program reads in it: ical.js shares no code with the library that writes. */
function read(text: string): CalendarEvent[] {
  const calendar = new ICAL.Component(ICAL.parse(text) as unknown[]);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const { uid, startDate, endDate, summary } = new ICAL.Event(component);
    return { uid, start: startDate.toJSDate(), end: endDate.toJSDate(), summary };
  });
}

describe('the text of a calendar', () => {
  const second = fc.integer({ min: 1_760_000_000, max: 1_800_000_000 });
  const event = fc
    .record({
      uid: fc.uuid(),
      start: second,
      lasts: fc.integer({ min: 1, max: 1e6 }),
    })
    .map(({ uid, start, lasts }) => ({ uid, start: new Date(start * 1e3), end: new Date((start + lasts) * 1e3) }));
  const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 120 }).map((text) => text.replaceAll('\r', ' '));

  it('is read back as it was written, by another library, whatever the names', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(event, name), { maxLength: 8 }), name, (pairs, title) => {
        const events = pairs.map(([times, summary]) => ({ ...times, summary }));
        expect(read(calendarText(title, events, madeAt))).toEqual(events);
      }),
    );
  });

  it('keeps to RFC 5545: lines of 75 octets at most that end with CRLF, and what it demands of a calendar', () => {
    const long = `Spital județean de urgență; „linia”, \\ n ${'ă'.repeat(200)}`;
    const events = [{ uid: 'one', start: new Date(0), end: new Date(1_000), summary: long }];
    const text = calendarText(long, events, madeAt);
    const lines = text.split('\r\n');
    expect(lines.every((line) => Buffer.byteLength(line) <= 75 && !/[\r\n]/.test(line))).toBe(true);
    expect(text.isWellFormed()).toBe(true);
    expect(lines).toEqual(
      expect.arrayContaining([
        'BEGIN:VCALENDAR',
        'VERSION:2.0',
        'UID:one',
        'DTSTAMP:20260211T020507Z',
        'DTSTART:19700101T000000Z',
        'TRANSP:TRANSPARENT',
        'END:VCALENDAR',
      ]),
    );
    expect(lines.some((line) => line.startsWith('PRODID:'))).toBe(true);
  });
});

describe('the events of a calendar', () => {
  const shift = (start: string, end: string): CalendarShift => ({
    scheduleId: 'nights',
    schedule: 'Nights',
    responderId: 'one',
    responder: 'First responder',
    source: 'layer',
    start: new Date(start),
    end: new Date(end),
  });

  it('keep their UID whatever happens to other shifts, to names, and to their own end', () => {
    const [before] = calendarEvents([shift('2026-02-11T08:00:00Z', '2026-02-12T08:00:00Z')], false);
    const cut = { ...shift('2026-02-11T08:00:00Z', '2026-02-11T20:00:00Z'), schedule: 'Renamed', responder: 'Renamed' };
    const after = calendarEvents([shift('2026-01-01T08:00:00Z', '2026-01-02T08:00:00Z'), cut], true);
    expect(after[1]?.uid).toBe(before?.uid);
    expect(after[0]?.uid).not.toBe(before?.uid);
    expect(before?.summary).toBe('First responder: Nights');
    expect(after[1]?.summary).toBe('On call: Renamed');
  });

  it('are whole seconds that still touch, and none is empty', () => {
    const events = calendarEvents(
      [
        shift('2026-02-11T08:00:00.000Z', '2026-02-11T09:30:15.731Z'),
        shift('2026-02-11T09:30:15.731Z', '2026-02-11T09:30:15.900Z'),
      ],
      false,
    );
    expect(events.map(({ end }) => end.toISOString())).toEqual(['2026-02-11T09:30:15.000Z']);
  });

  it('are looked for in the same window all month', () => {
    const windows = ['2026-03-03T00:00:00Z', '2026-03-30T23:59:59Z'].map((now) => calendarWindow(new Date(now)));
    expect(windows[0]?.from.toISOString()).toBe('2026-02-01T00:00:00.000Z');
    expect(windows.map(({ from }) => from.toISOString())).toEqual(Array(2).fill('2026-02-01T00:00:00.000Z'));
    expect(windows[0]?.to.toISOString()).toBe('2026-09-01T00:00:00.000Z');
  });
});
