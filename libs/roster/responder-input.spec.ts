import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { conflictsAfter, levelsAfter, responderFacts } from './responder-input.js';
import { UpdateResponderDto } from './responder.dto.js';

const one = '01890000-0000-7000-8000-00000000000a';
const two = '01890000-0000-7000-8000-00000000000b';

function read(input: object): UpdateResponderDto {
  return plainToInstance(UpdateResponderDto, input);
}

function faultyFields(input: object): string[] {
  return validateSync(read(input)).map(({ property }) => property);
}

describe('a change of a responder', () => {
  it('touches only what is given', () => {
    expect(responderFacts(read({ active: false }))).toEqual({ active: false });
  });

  it('keeps country codes in capitals, as the matching expects', () => {
    expect(responderFacts(read({ countries: ['ro', 'MD'] }))).toEqual({ countries: ['RO', 'MD'] });
  });

  it('keeps each conflict of interest once, however its id is written', () => {
    expect(responderFacts(read({ conflictsWith: [two, one, two.toUpperCase()] }))).toEqual({
      conflictsWith: [one, two],
    });
  });

  it('sets back by null what need not be said', () => {
    const nothing = {
      deskRole: null,
      skills: null,
      countries: null,
      skillLevels: null,
      mandates: null,
      quietHours: null,
      conflicts: null,
      conflictsWith: null,
      maxOpenTickets: null,
      timeZone: null,
    };
    expect(faultyFields(nothing)).toEqual([]);
    expect(responderFacts(read(nothing))).toEqual({
      deskRole: 'responder',
      skills: [],
      countries: [],
      skillLevels: {},
      mandates: [],
      quietHours: [],
      conflicts: [],
      conflictsWith: [],
      maxOpenTickets: 3,
      timeZone: 'UTC',
    });
  });

  it('adds up both ways of naming conflicts of interest, and keeps the kind that is known', () => {
    const before = [{ providerId: one, kind: 'sells-to' as const }];
    const torn = { providerId: two, kind: 'works-for' as const };
    expect(conflictsAfter(before, {})).toBeUndefined();
    expect(conflictsAfter(before, { conflictsWith: [one], conflicts: [torn] })).toEqual([...before, torn]);
    expect(conflictsAfter(before, { conflictsWith: [two] })).toEqual([{ providerId: two, kind: 'other' }]);
    expect(conflictsAfter(before, { conflicts: [] })).toEqual([]);
  });

  it('lets go of the level of a skill with the skill, and refuses one without it', () => {
    const before = { skills: ['dicom', 'backup-recovery'], skillLevels: { dicom: 5, 'backup-recovery': 2 } };
    expect(levelsAfter(before, { skills: ['dicom'] })).toEqual({ skillLevels: { dicom: 5 }, withoutSkill: [] });
    expect(levelsAfter(before, { skillLevels: { dicom: 4, negotiation: 3 } })).toEqual({
      skillLevels: { dicom: 4 },
      withoutSkill: ['negotiation'],
    });
  });

  it.each([
    [{ skillLevels: { dicom: 6 } }],
    [{ skillLevels: { dicom: 2.5 } }],
    [{ skillLevels: { Dicom: 3 } }],
    [{ skillLevels: ['dicom'] }],
    [{ skillLevels: 'dicom:4' }],
    [{ mandates: ['Romania'] }],
    [{ quietHours: [{ from: '25:00', to: '06:00' }] }],
    [{ quietHours: [{ from: '22:00', to: '06:00', days: ['someday'] }] }],
    [{ quietHours: [{ from: '22:00', to: '06:00', days: [] }] }],
    [{ conflicts: [{ providerId: one, kind: 'knows' }] }],
    [
      {
        conflicts: [
          { providerId: one, kind: 'sells-to' },
          { providerId: one, kind: 'other' },
        ],
      },
    ],
  ])('refuses %j', (input) => {
    expect(faultyFields(input)).toEqual(Object.keys(input));
  });

  it.each(['name', 'active'])('refuses null as %s', (field) => {
    expect(faultyFields({ [field]: null })).toEqual([field]);
  });

  it('refuses an offset as a zone', () => {
    expect(faultyFields({ timeZone: '+02:00' })).toEqual(['timeZone']);
  });
});
