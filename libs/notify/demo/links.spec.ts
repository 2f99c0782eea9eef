import * as fc from 'fast-check';
import { linksIn } from './links.js';

describe('links in a text', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['no address, not even http:// or https:', []],
    ['https://desk.example/p/1', ['https://desk.example/p/1']],
    [
      'Open:\nhttps://desk.example/p/1\nthen http://b.example/?q=a&b=c#d',
      ['https://desk.example/p/1', 'http://b.example/?q=a&b=c#d'],
    ],
    ['Look (https://a.example/x), or "https://b.example/y".', ['https://a.example/x', 'https://b.example/y']],
    ['<https://a.example/x> and <https://a.example/x>', ['https://a.example/x']],
    ['javascript:alert(1) ftp://a.example mailto:a@b.example', []],
    ['https://', []],
  ])('%j', (text, links) => {
    expect(linksIn(text)).toEqual(links);
  });

  it('are found wherever they stand between white space', () => {
    const link = fc.webUrl({ withQueryParameters: true }).filter((url) => /[\w/]$/.test(url) && !/[<>"]/.test(url));
    const noise = fc.stringMatching(/^[a-z ,.\n]{0,20}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(noise, link), { maxLength: 5 }), (parts) => {
        const text = parts.map(([words, url]) => `${words} ${url}\n`).join('');
        expect(linksIn(text)).toEqual([...new Set(parts.map(([, url]) => url))]);
      }),
    );
  });

  it.each(['http', 'http://', 'https://a.example/' + '.'.repeat(10), 'h', ')'])(
    'takes linear time on a megabyte of %j',
    (unit) => {
      const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
      const startedAt = performance.now();
      linksIn(text);
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    },
  );
});
