import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadChannelsConfig } from './channels-config.js';

const secrets: Record<string, string> = { CODEGREY_FIRST: 'first', CODEGREY_SECOND: 'second', CODEGREY_MATRIX: 'm' };
const secret = (name: string) => secrets[name];

describe('the channels of a desk', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'codegrey-channels-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const load = (yaml: string) => {
    const channelsFile = join(folder, 'channels.yaml');
    writeFileSync(channelsFile, yaml);
    return loadChannelsConfig({ channelsFile, secret });
  };
  const provider = (more: string) => `
channels: [sms, voice]
telephony:
  - { id: first, baseUrl: 'https://sms.example/', account: AC1, tokenFrom: CODEGREY_FIRST, sms: '+40310000001' }
  - ${more}`;

  it('can be read as they are delivered, without any secret', () => {
    const config = loadChannelsConfig({ channelsFile: join('config', 'channels.yaml'), secret: () => undefined });
    expect(config.channels).toHaveLength(10);
    expect(config).toMatchObject({ telephony: [], matrix: undefined });
  });

  it('have their providers in order, each with the secret that it names', () => {
    const config = load(
      provider(
        "{ id: second, baseUrl: 'http://10.0.0.1:8080', account: A, tokenFrom: CODEGREY_SECOND, voice: '+40310000002' }",
      ),
    );
    expect(config.telephony).toEqual([
      { id: 'first', baseUrl: 'https://sms.example', account: 'AC1', token: 'first', sms: '+40310000001' },
      { id: 'second', baseUrl: 'http://10.0.0.1:8080', account: 'A', token: 'second', voice: '+40310000002' },
    ]);
  });

  it('have tokens by the origin of the server', () => {
    const yaml = `
channels: [ntfy, matrix]
ntfy: [{ server: 'https://ntfy.example/', tokenFrom: CODEGREY_FIRST }]
matrix: { homeserver: 'https://matrix.example', tokenFrom: CODEGREY_MATRIX }`;
    expect(load(yaml)).toMatchObject({
      ntfyTokens: new Map([['https://ntfy.example', 'first']]),
      matrix: { homeserver: 'https://matrix.example', token: 'm' },
    });
  });

  it.each([
    ['a channel that there is not', 'channels: [pigeon]', /channels/],
    ['no list of channels', 'telephony: []', /channels/],
    ['a word that is not known', 'channels: []\nsmtp: {}', /additional/],
    ['a secret in the file', `channels: []\nmatrix: { homeserver: 'https://m.example', token: x }`, /matrix/],
    ['a homeserver that is none', `channels: []\nmatrix: { homeserver: m, tokenFrom: CODEGREY_MATRIX }`, /homeserver/],
    [
      'user and password in an address',
      `channels: []\nmatrix: { homeserver: 'https://u:p@m.example', tokenFrom: CODEGREY_MATRIX }`,
      /homeserver/,
    ],
    [
      'a variable of another program',
      `channels: []\nmatrix: { homeserver: 'https://m.example', tokenFrom: PATH }`,
      /tokenFrom/,
    ],
    [
      'a secret that is not there',
      `channels: []\nmatrix: { homeserver: 'https://m.example', tokenFrom: CODEGREY_X }`,
      /CODEGREY_X/,
    ],
    [
      'the same provider twice',
      provider(
        `{ id: first, baseUrl: 'https://b.example', account: A, tokenFrom: CODEGREY_FIRST, sms: '+40310000001' }`,
      ),
      /telephony\/1\/id is there twice/,
    ],
    [
      'a provider for nothing',
      provider(`{ id: second, baseUrl: 'https://b.example', account: A, tokenFrom: CODEGREY_FIRST }`),
      /telephony\/1/,
    ],
    [
      'a number that is none',
      provider(`{ id: second, baseUrl: 'https://b.example', account: A, tokenFrom: CODEGREY_FIRST, voice: '0721' }`),
      /telephony\/1\/voice/,
    ],
  ])('are refused with %s', (_name, yaml, message) => {
    expect(() => load(yaml)).toThrow(message);
  });
});
