import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, openSync, closeSync, fsyncSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { SecretBox } from './secret-box.js';

const fileName = 'secret.key';
const keyPattern = /^[0-9a-f]{64}$/i;

/** Where the key comes from. */
export interface SecretKeySource {
  /** 64 hexadecimal digits; several, separated by commas: the first one seals, all of them open. */
  secretKey: string | undefined;
  dataDir: string;
}

/**
 * The secret box of this installation: with the key that is configured, otherwise with the one in `<dataDir>/secret.key`,
 * which is made at the first start.
 *
 * @throws RangeError when the key is not 64 hexadecimal digits.
 */
export function openSecretBox({ secretKey, dataDir }: SecretKeySource): SecretBox {
  return new SecretBox((secretKey ?? keyOnDisk(dataDir)).split(',').map(readKey));
}

function readKey(text: string): Buffer {
  const hex = text.trim();
  if (!keyPattern.test(hex)) throw new RangeError('A secret key is written as 64 hexadecimal digits.');
  return Buffer.from(hex, 'hex');
}

function keyOnDisk(dataDir: string): string {
  const file = join(dataDir, fileName);
  return readIfThere(file) ?? makeKey(dataDir, file);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Makes the key of an installation once. It is written aside and then linked to its name, which fails where the name is
 * taken: so whoever reads the file reads all of it, and processes that start together end up with the same key.
 */
function makeKey(dataDir: string, file: string): string {
  mkdirSync(dataDir, { recursive: true });
  const aside = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    writeDurably(aside, `${randomBytes(32).toString('hex')}\n`);
    linkSync(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(aside, { force: true });
  }
  return readFileSync(file, 'utf8');
}

/** Without the key every sealed secret is lost: it is on the disk before it is used. */
function writeDurably(file: string, text: string): void {
  const descriptor = openSync(file, 'wx', 0o600);
  try {
    writeSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
