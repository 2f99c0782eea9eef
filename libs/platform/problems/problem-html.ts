import { escapeHtml, smallPage } from '../domain/index.js';
import type { Problem } from './problem.js';

/** The problem for a person who opened an address in a browser: what is wrong, what to do, and what to tell the desk. */
export function problemHtml(problem: Problem, requestId: string): string {
  const { kind, details } = problem;
  const advice = kind.status < 500 ? details.detail : 'Go back and try again in a moment.';
  const parts = [
    `<h1>${escapeHtml(kind.title)}</h1>`,
    advice === undefined ? '' : `<p>${escapeHtml(advice)}</p>`,
    `<p class="help">${kind.status} ${escapeHtml(kind.slug)}, request <code>${escapeHtml(requestId)}</code></p>`,
  ];
  return smallPage(kind.title, parts.filter((part) => part !== '').join('\n'));
}

/** Whether the sender is a browser that shows a page, rather than a program: it names HTML before anything else. */
export function wantsPage(accept: string | undefined): boolean {
  return accept !== undefined && /^\s*text\/html\b/i.test(accept);
}
