import { appendFile, mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { AnchorSample, type Anchor } from './domain/anchor-sample.js';

/** A chain that is anchored every 10 s around the clock writes that many in a day. */
const mostKept = 10_000;

/**
 * Heads of the chain, outside the database: whoever can rewrite the database cannot rewrite these with it. One JSON
 * line each, in `audit-anchors.jsonl` of the data directory; meant to be copied elsewhere.
 */
export class AnchorFile {
  private readonly path: string;

  constructor(private readonly directory: string) {
    this.path = join(directory, 'audit-anchors.jsonl');
  }

  /** Adds a line. Throws when the file cannot be written. */
  async append(anchor: Anchor, at: Date): Promise<void> {
    await mkdir(this.directory, { recursive: true });
    await appendFile(this.path, `${JSON.stringify({ ...anchor, at: at.toISOString() })}\n`, { mode: 0o600 });
  }

  /** Anchors from the whole file, in the order in which they were written, the highest among them; none without a file. */
  async read(): Promise<Anchor[]> {
    const sample = new AnchorSample(mostKept);
    const file = await openIfThere(this.path);
    if (!file) return [];
    for await (const line of file.readLines()) {
      const anchor = parseAnchor(line);
      if (anchor) sample.add(anchor);
    }
    return sample.anchors;
  }
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** An anchor from its line; undefined for a line that was cut in half. */
function parseAnchor(line: string): Anchor | undefined {
  try {
    const { number, hash } = JSON.parse(line) as Partial<Anchor>;
    if (number === undefined || !Number.isSafeInteger(number) || typeof hash !== 'string') return undefined;
    return { number, hash };
  } catch {
    return undefined;
  }
}
