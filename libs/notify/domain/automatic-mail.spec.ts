import { isAutomatic } from './automatic-mail.js';

const having = (name: string, value: string) => isAutomatic(new Map([[name, value]]));

describe('a mail', () => {
  it.each([
    ['auto-submitted', 'auto-replied'],
    ['auto-submitted', 'auto-generated (rejected)'],
    ['precedence', 'Bulk'],
    ['list-id', '<board.example.org>'],
    ['return-path', '<>'],
    ['x-autoreply', 'yes'],
  ])('with %s: %s was written by a program', (name, value) => {
    expect(having(name, value)).toBe(true);
  });

  it.each([
    ['auto-submitted', 'no'],
    ['return-path', '<night@clinic.example>'],
    ['subject', 'Auto-Submitted: auto-replied'],
  ])('with %s: %s was written by a person', (name, value) => {
    expect(having(name, value)).toBe(false);
  });
});
