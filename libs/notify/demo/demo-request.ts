import type { IncomingMessage } from 'node:http';

/** The largest body that is taken, in bytes. */
const largestBody = 65_536;

/** Why a request is answered with something other than success. */
export class HttpReply extends Error {
  constructor(readonly status: number) {
    super(`Answered ${status}`);
  }
}

/** The whole body, if it is not too large. It is read to its end in any case: a client that is cut off while it sends sees no answer. */
export async function boundedBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= largestBody) chunks.push(chunk);
  }
  if (size > largestBody) throw new HttpReply(413);
  return Buffer.concat(chunks).toString('utf8');
}
