import { appendFile, mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Anchor } from './domain/verification.js';

/** How much of the end of the file is read: some hundred anchors. */
const tailBytes = 65_536;

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

  /** The last anchors, in the order in which they were written; none when there is no file. */
  async last(): Promise<Anchor[]> {
    let file: FileHandle;
    try {
      file = await open(this.path, 'r');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
    try {
      const { size } = await file.stat();
      const start = Math.max(0, size - tailBytes);
      const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(size - start), position: start });
      return buffer.toString('utf8', 0, bytesRead).split('\n').flatMap(parseAnchor);
    } finally {
      await file.close();
    }
  }
}

/** An anchor from its line; nothing for a line that was cut in half. */
function parseAnchor(line: string): Anchor[] {
  try {
    const { number, hash } = JSON.parse(line) as Partial<Anchor>;
    return Number.isSafeInteger(number) && typeof hash === 'string' ? [{ number: number as number, hash }] : [];
  } catch {
    return [];
  }
}
