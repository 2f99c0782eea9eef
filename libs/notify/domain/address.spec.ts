import fc from 'fast-check';
import { addressFault, addressHint } from './address.js';
import { channelNames, type ChannelName } from './channel-name.js';

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

describe('addresses of the other channels', () => {
  const key = 'a'.repeat(43);

  it.each<[ChannelName, string]>([
    ['sms', '+40721000000'],
    ['voice', '+498912345678'],
    ['voice', '+37127654321'],
    ['push', 'https://push.example/send/abc:DEF-123'],
    ['push', 'http://127.0.0.1:4000/push/1'],
    ['ntfy', 'https://ntfy.example/on-call_7Qx2'],
    ['ntfy', 'http://10.0.0.5:8080/topic'],
    ['matrix', '@on-call:clinic.example'],
    ['matrix', '@on-call:clinic.example:8448'],
    ['matrix', '!AbC123:clinic.example'],
    ['matrix', `!${key}`],
    ['matrix', '#desk:clinic.example'],
    ['slack', 'https://hooks.slack.example/services/T0/B0/x'],
    ['mattermost', 'http://mattermost.clinic.example/hooks/abc'],
    ['teams', 'https://teams.example/workflows/1?sig=2'],
  ])('takes on %s %s', (channel, address) => expect(addressFault(channel, address)).toBeNull());

  it.each<[ChannelName, string]>([
    ['sms', '0721000000'],
    ['sms', '0040721000000'],
    ['sms', '+40 721 000 000'],
    ['sms', '+40721000000\n'],
    ['sms', '+40721000000\r\nTo: +1'],
    ['sms', '+0721000000'],
    ['sms', '+999721000000'],
    ['sms', '+40'],
    ['sms', '+4072100000000000'],
    ['sms', 'tel:+40721000000'],
    ['sms', '+٤٠٧٢١٠٠٠٠٠٠'],
    ['voice', '+40721000000,,1'],
    ['voice', '+499001234567'],
    ['push', 'http://push.example/send/1'],
    ['slack', 'http://hooks.slack.example/services/1'],
    ['slack', 'https://user:secret@hooks.slack.example/'],
    ['teams', 'https://teams.example/ x'],
    ['teams', 'teams.example'],
    ['ntfy', 'https://ntfy.example/'],
    ['ntfy', 'https://ntfy.example/a/b'],
    ['ntfy', 'https://ntfy.example/topic?auth=x'],
    ['ntfy', 'ntfy.example/topic'],
    ['matrix', 'on-call:clinic.example'],
    ['matrix', '@on-call'],
    ['matrix', '@On Call:clinic.example'],
    ['matrix', '!room:clinic.example/x'],
    ['matrix', '!short'],
    ['matrix', `@${'a'.repeat(250)}:clinic.example`],
    ['matrix', '@a:clinic.example\n'],
  ])('refuses on %s %j', (channel, address) => expect(addressFault(channel, address)).not.toBeNull());

  it('always answers, whatever is typed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...channelNames), fc.string({ unit: 'binary', maxLength: 100 }), (channel, text) => {
        const fault = addressFault(channel, text);
        expect(fault === null || fault.length > 0).toBe(true);
        if (/[\r\n\0]/.test(text)) expect(fault).not.toBeNull();
      }),
    );
  });

  it.each<[ChannelName, string, string]>([
    ['sms', '+40721000089', '+40…89'],
    ['matrix', '@on-call:clinic.example', '@o…:clinic.example'],
    ['matrix', `!${key}`, '!a…'],
    ['push', 'https://push.example/send/secret', 'https://push.example/…'],
  ])('are hinted at on %s: %s', (channel, address, hint) => expect(addressHint(channel, address)).toBe(hint));
});
