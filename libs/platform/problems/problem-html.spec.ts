import fc from 'fast-check';
import { problemHtml, wantsPage } from './problem-html.js';
import { problems } from './problems.js';

describe('problemHtml', () => {
  it('says what is wrong and under which request the log has it', () => {
    const shown = problemHtml(problems.conflict('The ticket is closed.'), 'request-1');
    expect(shown).toContain('<h1>The state does not allow that</h1>');
    expect(shown).toContain('<p>The ticket is closed.</p>');
    expect(shown).toContain('409 conflict, request <code>request-1</code>');
    expect(shown).not.toContain('try again');
  });

  it('asks for another attempt where the fault is ours', () => {
    expect(problemHtml(problems.unavailable(), 'request-1')).toContain('try again');
  });

  it('shows what somebody sent as text and never as markup', () => {
    const hostile = fc
      .array(fc.constantFrom('<', '>', '"', "'", '&', 'script', '</p>', 'x'))
      .map((parts) => parts.join(''));
    const tags = (text: string) => text.match(/<[^>]*>/g);
    fc.assert(
      fc.property(hostile, (detail) => {
        expect(tags(problemHtml(problems.conflict(detail), 'id'))).toEqual(
          tags(problemHtml(problems.conflict('x'), 'id')),
        );
      }),
    );
  });
});

describe('wantsPage', () => {
  it.each([
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', true],
    ['text/html', true],
    ['application/json', false],
    ['application/json, text/html', false],
    ['*/*', false],
    ['text/htmlish', false],
    [undefined, false],
  ])('takes %j for a browser: %j', (accept, expected) => {
    expect(wantsPage(accept)).toBe(expected);
  });
});
