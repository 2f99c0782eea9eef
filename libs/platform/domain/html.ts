const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** The text as HTML, for element content and for attribute values in quotes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/**
 * A small page that needs nothing but itself: no script, no second request, legible on a phone in the dark. `title` is text,
 * `body` HTML.
 */
export function smallPage(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<link rel="icon" href="data:,">
<title>${escapeHtml(title)}</title>
<style>${style}
</style>
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`;
}

const style = `
  :root {
    color-scheme: light dark; font: 1.125rem/1.5 system-ui, sans-serif;
    --ink: light-dark(#1b1f24, #eceff2); --faint: light-dark(#545d68, #a9b3be); --ground: light-dark(#fff, #14171a);
    --action: light-dark(#0b57a4, #8cc4ff); --on-action: light-dark(#fff, #0a1a2b); --edge: light-dark(#6b7580, #8a95a1);
  }
  body { max-width: 32rem; margin: 0 auto; padding: 1.25rem 1rem; color: var(--ink); background: var(--ground); }
  h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 0.5rem; overflow-wrap: anywhere; }
  p { margin: 0.5rem 0; overflow-wrap: anywhere; }
  a { color: var(--action); }
  .whole { white-space: nowrap; }
  .lead { font-size: 1.25rem; font-weight: 600; }
  .help { color: var(--faint); font-size: 1rem; }
  .drill, .notice { border: 2px solid; border-radius: 0.375rem; padding: 0.5rem 0.75rem; margin: 0 0 1rem; font-weight: 600; }
  form { margin: 1.25rem 0; display: grid; gap: 0.5rem; }
  form p { margin: 0; }
  button, select {
    font: inherit; min-height: 3rem; padding: 0.5rem 0.75rem; width: 100%; box-sizing: border-box; border-radius: 0.375rem;
    border: 2px solid var(--edge); color: var(--ink); background: var(--ground);
  }
  button { font-weight: 600; cursor: pointer; }
  button.main { color: var(--on-action); background: var(--action); border-color: var(--action); }
  :focus-visible { outline: 3px solid var(--action); outline-offset: 2px; }`;
