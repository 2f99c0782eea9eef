import { watchNotices, type AnnouncedFinding } from './watch-notice.js';

const gap = (recipients: string[], schedule = 'Nights'): AnnouncedFinding => ({
  finding: {
    kind: 'gap',
    scheduleIds: ['s1'],
    responderIds: [],
    about: null,
    reason: 'Nobody is on call.',
    start: Date.parse('2026-02-11T20:00:00Z'),
    end: Date.parse('2026-02-12T06:00:00Z'),
  },
  schedules: [schedule],
  people: [],
  timeZone: 'Europe/Bucharest',
  recipients,
});

describe('what owners are told', () => {
  it('of one finding says where, when and what, on the wall of the schedule', () => {
    expect(watchNotices([gap(['ana'])])).toEqual([
      {
        recipients: ['ana'],
        subject: 'Nights: Nobody is on call',
        text: 'Nights, from 2026-02-11 22:00+02:00 Europe/Bucharest to 2026-02-12 08:00+02:00 Europe/Bucharest: Nobody is on call.',
      },
    ]);
  });

  it('is one notice for all that is to be told at once, and the same one for those who are told the same', () => {
    const notices = watchNotices([gap(['ana', 'bo']), gap(['bo', 'ana', 'ana'], 'Days'), gap(['cy'], 'Days')]);
    expect(notices.map(({ recipients, subject }) => [recipients, subject])).toEqual([
      [['ana', 'bo'], '2 gaps and thin spots ahead'],
      [['cy'], 'Days: Nobody is on call'],
    ]);
  });

  it('names the people whom it is about, and stays short however much there is', () => {
    const alone = { ...gap(['ana']), people: ['Bo'], finding: { ...gap([]).finding, kind: 'one-person' as const } };
    expect(watchNotices([alone])[0]?.text).toContain('Europe/Bucharest (Bo): Nobody');
    const many = watchNotices(Array.from({ length: 50 }, () => gap(['ana'])));
    expect(many[0]?.text.split('\n')).toHaveLength(21);
    expect(many[0]?.text).toMatch(/And 30 more: the roster watch shows them all\.$/);
  });
});
