import type { Channel, OutgoingMessage } from '../channels/channel.js';
import { DemoPhoneChannel, demoPhoneAddress, demoPhoneName } from './demo-phone-channel.js';

const message = (to: string, secret?: string): OutgoingMessage => ({
  deliveryId: 'd',
  attemptId: 'attempt-1',
  short: 'SEV1 ticket',
  to,
  subject: 's',
  text: 't',
  links: [],
  ticketReference: 'CG-0000-0000',
  severity: 'SEV1',
  secret,
});

/** A channel that notes where it was sent to. */
function noting(): Channel & { to: string[] } {
  const to: string[] = [];
  return {
    name: 'webhook',
    to,
    send: (sent) => {
      to.push(sent.to);
      return Promise.resolve({ outcome: 'delivered' });
    },
  };
}

function setUp() {
  const [here, others] = [noting(), noting()];
  const phones = { register: (name: string, secret: string) => `http://127.0.0.1:4000/${name}/${secret}` };
  return { here, others, channel: new DemoPhoneChannel(phones, here, others) };
}

describe('DemoPhoneChannel', () => {
  it('hands the message for a phone over to it, with the secret that it is signed with', async () => {
    const { here, others, channel } = setUp();
    expect(await channel.send(message(demoPhoneAddress('responder 1'), 'whsec_x'))).toEqual({ outcome: 'delivered' });
    expect(here.to).toEqual(['http://127.0.0.1:4000/responder 1/whsec_x']);
    expect(others.to).toEqual([]);
  });

  it('lets nothing else near the way out that reaches this machine', async () => {
    const { here, others, channel } = setUp();
    const elsewhere = [
      'http://127.0.0.1:4000/phones/a',
      'https://demo-phone.invalid.example/phones/a',
      'https://chat.example/',
    ];
    for (const to of elsewhere) await channel.send(message(to, 'whsec_x'));
    expect(here.to).toEqual([]);
    expect(others.to).toEqual(elsewhere);
  });

  it('fails for good without a secret', async () => {
    const { channel } = setUp();
    expect(await channel.send(message(demoPhoneAddress('a')))).toMatchObject({ outcome: 'failed', permanent: true });
  });
});

describe('demoPhoneName', () => {
  it('finds the name in the address again', () => {
    for (const name of ['responder', 'ä/b c', '100%']) expect(demoPhoneName(demoPhoneAddress(name))).toBe(name);
  });

  it.each([
    'https://demo-phone.invalid/phones/',
    'https://demo-phone.invalid/phones/%',
    'http://demo-phone.invalid/phones/a',
  ])('finds none in %s', (address) => expect(demoPhoneName(address)).toBeUndefined());
});
