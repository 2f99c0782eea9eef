import { Pool } from 'undici';

/** What a load came to. */
export interface LoadResult {
  perSecond: number;
  latenciesMs: number[];
  /** Answers with another status than expected. */
  unexpected: number;
}

/** Sends one request after another on each of so many connections, for so long. */
export async function closedLoop(
  url: string,
  connections: number,
  seconds: number,
  path: string,
  request: () => { headers: Record<string, string>; body: string },
): Promise<LoadResult> {
  const pool = new Pool(url, { connections, pipelining: 1 });
  const latenciesMs: number[] = [];
  let unexpected = 0;
  const begin = performance.now();
  const end = begin + seconds * 1_000;
  const lane = async () => {
    while (performance.now() < end) {
      const sentAt = performance.now();
      const { statusCode, body } = await pool.request({ method: 'POST', path, ...request() });
      await body.dump();
      latenciesMs.push(performance.now() - sentAt);
      if (statusCode !== 201) unexpected += 1;
    }
  };
  await Promise.all(Array.from({ length: connections }, lane));
  const elapsedSeconds = (performance.now() - begin) / 1_000;
  await pool.close();
  return { perSecond: latenciesMs.length / elapsedSeconds, latenciesMs, unexpected };
}
