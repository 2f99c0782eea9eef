import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { SealBroken, SecretBox } from './secret-box.js';
import { openSecretBox } from './secret-key.js';

const oldKey = Buffer.alloc(32, 1);
const newKey = Buffer.alloc(32, 2);

describe('SecretBox', () => {
  const box = new SecretBox([newKey]);

  it('opens whatever it has sealed, and never shows it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 8 }), (text) => {
        const sealed = box.seal(text);
        expect(box.open(sealed)).toBe(text);
        expect(sealed).not.toContain(text);
      }),
    );
  });

  it('seals the same text differently every time', () => {
    expect(box.seal('whsec_x')).not.toBe(box.seal('whsec_x'));
  });

  it('refuses a sealed text of which one character was changed', () => {
    const sealed = box.seal('whsec_secret');
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.constantFrom(...'AZaz09-_.'), (index, character) => {
        fc.pre(sealed[index] !== character);
        const altered = sealed.slice(0, index) + character + sealed.slice(index + 1);
        expect(() => box.open(altered)).toThrow(SealBroken);
      }),
    );
  });

  it.each(['', 'v1', 'v1.0000000000000000.', 'plain text', 'v1.0000000000000000.AAAA'])('refuses %j', (text) => {
    expect(() => box.open(text)).toThrow(SealBroken);
  });

  it('opens with an old key what was sealed with it, and seals with the new one', () => {
    const sealedBefore = new SecretBox([oldKey]).seal('kept');
    const rotated = new SecretBox([newKey, oldKey]);
    expect(rotated.open(sealedBefore)).toBe('kept');
    expect(box.open(rotated.seal('kept'))).toBe('kept');
    expect(() => box.open(sealedBefore)).toThrow(/not known/);
  });

  it('digests the same text to the same bytes under the same key only', () => {
    expect(box.digest('123456')).toEqual(new SecretBox([newKey]).digest('123456'));
    expect(box.digest('123456')).not.toEqual(new SecretBox([oldKey]).digest('123456'));
  });

  it('takes keys of 32 bytes only', () => {
    expect(() => new SecretBox([])).toThrow(RangeError);
    expect(() => new SecretBox([Buffer.alloc(16)])).toThrow(RangeError);
  });
});

describe('openSecretBox', () => {
  let dataDir: string;

  beforeEach(() => (dataDir = mkdtempSync(join(tmpdir(), 'codegrey-secrets-'))));
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it('makes a key once, for its owner only, and finds it again', () => {
    const nested = join(dataDir, 'made', 'on demand');
    const sealed = openSecretBox({ secretKey: undefined, dataDir: nested }).seal('kept');
    expect(openSecretBox({ secretKey: undefined, dataDir: nested }).open(sealed)).toBe('kept');
    expect(statSync(join(nested, 'secret.key')).mode & 0o777).toBe(0o600);
    expect(readdirSync(nested)).toEqual(['secret.key']);
  });

  it('prefers the key that is configured, and writes nothing then', () => {
    const secretKey = randomBytes(32).toString('hex');
    const sealed = openSecretBox({ secretKey, dataDir }).seal('kept');
    expect(openSecretBox({ secretKey: secretKey.toUpperCase(), dataDir }).open(sealed)).toBe('kept');
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it('opens with each of several keys', () => {
    const [before, after] = [randomBytes(32).toString('hex'), randomBytes(32).toString('hex')];
    const sealed = openSecretBox({ secretKey: before, dataDir }).seal('kept');
    expect(openSecretBox({ secretKey: `${after}, ${before}`, dataDir }).open(sealed)).toBe('kept');
  });

  it.each(['', 'short', 'g'.repeat(64)])('refuses the key %j', (secretKey) => {
    expect(() => openSecretBox({ secretKey, dataDir })).toThrow(RangeError);
  });
});
