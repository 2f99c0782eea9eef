/** Ends of sentences and of brackets around an address; they are not part of it. */
const notAtTheEnd = '.,;:!?\'")]}>';

/** The http(s) URLs in a text, in their order, each once. Takes time in proportion to the length of the text. */
export function linksIn(text: string): string[] {
  const found = new Set<string>();
  for (const [match] of text.matchAll(/https?:\/\/[^\s<>"]+/g)) {
    const link = withoutEnd(match);
    if (URL.canParse(link)) found.add(link);
  }
  return [...found];
}

function withoutEnd(link: string): string {
  let length = link.length;
  while (notAtTheEnd.includes(link.charAt(length - 1))) length -= 1;
  return link.slice(0, length);
}
