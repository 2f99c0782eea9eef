import { overrideNotices, type AnnouncedOverride } from './override-notice.js';

const override: AnnouncedOverride = {
  kind: 'replace',
  responderId: 'ana',
  replaces: 'ben',
  start: new Date('2026-02-11T18:00:00Z'),
  end: new Date('2026-02-12T06:00:00Z'),
  schedule: 'Nights',
  timeZone: 'Europe/Bucharest',
};

describe('overrideNotices', () => {
  it('tells who comes and who goes, in the time of the plan', () => {
    const notices = overrideNotices(override, 'added');
    expect(notices.map(({ responderId, subject }) => [responderId, subject])).toEqual([
      ['ana', 'you are on call by Nights'],
      ['ben', 'you are not on call by Nights'],
    ]);
    expect(notices[0]?.text).toBe(
      'The plan Nights was changed: you are on call from 2026-02-11 20:00+02:00 Europe/Bucharest to 2026-02-12 08:00+02:00 Europe/Bucharest.',
    );
  });

  it('tells one person of what concerns nobody else', () => {
    const add = { ...override, kind: 'add' as const, replaces: null };
    expect(overrideNotices(add, 'added')).toMatchObject([{ responderId: 'ana', subject: 'you are on call by Nights' }]);
    const remove = { ...add, kind: 'remove' as const };
    expect(overrideNotices(remove, 'added')).toMatchObject([{ subject: 'you are not on call by Nights' }]);
  });

  it('says the opposite when it is taken back', () => {
    expect(overrideNotices(override, 'taken-back').map(({ subject }) => subject)).toEqual([
      'you are not on call by Nights',
      'you are on call by Nights',
    ]);
  });
});
