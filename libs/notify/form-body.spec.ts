import { formFields } from './form-body.js';

describe('formFields', () => {
  it('reads the fields of a form', () => {
    expect(formFields('reason=no-capacity&note=until+8%3A00+%C3%A4')).toEqual({
      reason: 'no-capacity',
      note: 'until 8:00 ä',
    });
    expect(formFields('')).toEqual({});
  });

  it.each(['reason=a&reason=b', '__proto__=1', 'constructor=1', 'toString=1', 'a[b]=1', `${'a'.repeat(61)}=1`, '=1'])(
    'refuses %s',
    (body) => expect(formFields(body)).toBeNull(),
  );
});
