/** One server-sent event: its id, by which a client resumes, and its data as JSON, which has no line breaks. */
export function eventFrame(id: string, data: object): Buffer {
  return Buffer.from(`id: ${id}\ndata: ${JSON.stringify(data)}\n\n`);
}

/** Tells the client from where to resume, without an event. */
export function positionFrame(id: string): string {
  return `id: ${id}\n\n`;
}

/** Tells the client how long to wait before it connects again. */
export function retryFrame(ms: number): string {
  return `retry: ${ms}\n\n`;
}

/** A comment: keeps proxies and clients from taking silence for death. */
export const heartbeat = ': alive\n\n';
