import { createECDH, randomBytes } from 'node:crypto';
import { pushKeyFaults, readPushKeys } from './push-keys.js';

const browser = createECDH('prime256v1');
const p256dh = browser.generateKeys().toString('base64url');
const auth = randomBytes(16).toString('base64url');

describe('the keys of a push subscription', () => {
  it('are taken as browsers make them, and read again as they were kept', () => {
    expect(pushKeyFaults({ p256dh, auth })).toEqual([]);
    expect(readPushKeys(JSON.stringify({ p256dh, auth }))).toEqual({ p256dh, auth });
  });

  it('have every fault named at once', () => {
    const faults = pushKeyFaults({ p256dh: 'x', auth: '!' });
    expect(faults.map(({ pointer }) => pointer)).toEqual(['/keys/p256dh', '/keys/auth']);
  });

  it('must be a point of the curve', () => {
    const beside = Buffer.concat([Buffer.from([4]), Buffer.alloc(64, 1)]).toString('base64url');
    expect(pushKeyFaults({ p256dh: beside, auth })).toHaveLength(1);
    const compressed = createECDH('prime256v1').generateKeys('base64url', 'compressed');
    expect(pushKeyFaults({ p256dh: compressed, auth })).toHaveLength(1);
  });

  it.each(['', 'null', '[]', '{"p256dh":1}', 'whsec_x'])('are not read from %j', (text) =>
    expect(readPushKeys(text)).toBeUndefined(),
  );
});
