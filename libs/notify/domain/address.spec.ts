import fc from 'fast-check';
import { addressFault, addressHint } from './address.js';

describe('addressFault', () => {
  it.each(['on-call@clinic.example', 'o.n+call@xn--bcher-kva.example', 'root@localhost'])('takes %s', (address) => {
    expect(addressFault('email', address)).toBeNull();
  });

  it.each([
    'nobody',
    '@clinic.example',
    'a@b@c.example',
    'a b@clinic.example',
    'a@clinic.example\r\nBCC: x@y.example',
    'a@clinic.example\n',
    'Name <a@clinic.example>',
    'a@clinic.example,b@clinic.example',
    '"a"@clinic.example',
    'a@[127.0.0.1]',
    `${'a'.repeat(65)}@clinic.example`,
    `a@${'b'.repeat(260)}.example`,
  ])('refuses %j as an e-mail address', (address) => {
    expect(addressFault('email', address)).not.toBeNull();
  });

  it('takes no e-mail address with a line break or a control character, wherever it stands', () => {
    const control = fc.constantFrom('\r', '\n', '\0', '\u001b', '\u0085', '\u2028', ' ', '\t');
    fc.assert(
      fc.property(fc.emailAddress(), control, fc.nat(100), (address, character, at) => {
        const index = at % (address.length + 1);
        expect(addressFault('email', address.slice(0, index) + character + address.slice(index))).not.toBeNull();
      }),
    );
  });

  it.each(['https://chat.example/hooks/1?key=2', 'http://10.1.2.3:8080/x'])('takes the webhook %s', (address) => {
    expect(addressFault('webhook', address)).toBeNull();
  });

  it.each([
    'chat.example',
    'ftp://chat.example/',
    'javascript:alert(1)',
    'https://user:secret@chat.example/',
    'https://chat.example/#part',
    'https://chat.example/\r\nHost: other',
    ' https://chat.example/',
    `https://chat.example/${'x'.repeat(2_000)}`,
  ])('refuses %j as a webhook', (address) => {
    expect(addressFault('webhook', address)).not.toBeNull();
  });
});

describe('addressHint', () => {
  it('keeps the owner of a mailbox and the secret path of a webhook to itself', () => {
    expect(addressHint('email', 'on-call@clinic.example')).toBe('o…@clinic.example');
    expect(addressHint('webhook', 'https://chat.example:8443/hooks/secret?key=1')).toBe('https://chat.example:8443/…');
  });
});
