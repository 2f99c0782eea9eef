import * as fc from 'fast-check';
import { callbackSignature, isSignedCallback } from './telephony-signature.js';

/** The example of Twilio's documentation of its signature, with the result it gives. */
const example = {
  url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
  fields: {
    CallSid: 'CA1234567890ABCDE',
    Caller: '+12349013030',
    Digits: '1234',
    From: '+12349013030',
    To: '+18005551212',
  },
  token: '12345',
  signature: '0/KCTR6DLpKmkAf8muzZqo1nDgQ=',
};

describe('the signature of a callback', () => {
  it('is the one of the documentation', () => {
    expect(callbackSignature(example.url, example.fields, example.token)).toBe(example.signature);
  });

  it('does not depend on the order of the fields', () => {
    const reversed = Object.fromEntries(Object.entries(example.fields).reverse());
    expect(isSignedCallback(example.url, reversed, example.signature, example.token)).toBe(true);
  });

  it('fits nothing that was altered', () => {
    const { url, fields, signature, token } = example;
    expect(isSignedCallback(url, { ...fields, Digits: '2' }, signature, token)).toBe(false);
    expect(isSignedCallback(url, { ...fields, More: 'x' }, signature, token)).toBe(false);
    expect(isSignedCallback(`${url}3`, fields, signature, token)).toBe(false);
    expect(isSignedCallback(url, fields, signature, '54321')).toBe(false);
    expect(isSignedCallback(url, fields, undefined, token)).toBe(false);
  });

  it('is none that somebody makes up', () => {
    fc.assert(
      fc.property(fc.string(), (signature) => {
        fc.pre(signature !== example.signature);
        expect(isSignedCallback(example.url, example.fields, signature, example.token)).toBe(false);
      }),
    );
  });
});
