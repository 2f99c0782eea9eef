import { createCipheriv, createDecipheriv, createHash, hkdfSync, createHmac, randomBytes } from 'node:crypto';

const format = 'v1';
const keyLength = 32;
const nonceLength = 12;
const tagLength = 16;

/** A sealed text cannot be opened: it was altered, is none of ours, or its key is not known here. */
export class SealBroken extends Error {}

interface BoxKey {
  /** The first 64 bits of the key's SHA-256: it tells keys apart and says nothing of them. */
  id: string;
  key: Buffer;
}

/**
 * Keeps secrets that the desk must be able to read again (signing keys of receivers) unreadable in the database and its
 * backups: AES-256-GCM (NIST SP 800-38D) under a key that is not in the database. A sealed text names its key, so that an
 * old key still opens what was sealed with it while a new one seals.
 */
export class SecretBox {
  private readonly current: BoxKey;
  private readonly known: Map<string, Buffer>;
  private readonly digestKey: Buffer;

  /**
   * @param keys 32 bytes each. The first one seals, all of them open.
   * @throws RangeError when there is none, or one has another length.
   */
  constructor(keys: readonly Buffer[]) {
    const boxKeys = keys.map(boxKey);
    const [current] = boxKeys;
    if (current === undefined) throw new RangeError('A secret box needs a key.');
    this.current = current;
    this.known = new Map(boxKeys.map(({ id, key }) => [id, key]));
    this.digestKey = Buffer.from(hkdfSync('sha256', current.key, '', 'codegrey digest', keyLength));
  }

  /** Seals a text. The same text is sealed differently every time. */
  seal(text: string): string {
    const header = `${format}.${this.current.id}`;
    const nonce = randomBytes(nonceLength);
    const cipher = createCipheriv('aes-256-gcm', this.current.key, nonce);
    cipher.setAAD(Buffer.from(header));
    const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `${header}.${sealed.toString('base64url')}`;
  }

  /**
   * Opens a sealed text.
   *
   * @throws SealBroken when it was altered, is none of ours, or its key is not known here.
   */
  open(sealed: string): string {
    const [, header, id, body] = /^(v1\.([0-9a-f]{16}))\.([\w-]+)$/.exec(sealed) ?? [];
    if (header === undefined || id === undefined || body === undefined)
      throw new SealBroken('This is not a sealed text.');
    const key = this.known.get(id);
    if (key === undefined) throw new SealBroken(`The key ${id} is not known here.`);
    const bytes = Buffer.from(body, 'base64url');
    // Base64 has spellings that decode to the same bytes: only the one that was made is taken.
    if (bytes.toString('base64url') !== body || bytes.length < nonceLength + tagLength) {
      throw new SealBroken('The sealed text was altered.');
    }
    return decrypted(key, header, bytes);
  }

  /**
   * A digest that only the holder of the key can make (HMAC-SHA256): for short codes, whose plain hash anybody who reads
   * the database could undo by trying all of them.
   */
  digest(text: string): Buffer {
    return createHmac('sha256', this.digestKey).update(text).digest();
  }
}

function boxKey(key: Buffer): BoxKey {
  if (key.length !== keyLength) throw new RangeError(`A key has ${keyLength} bytes, not ${key.length}.`);
  return { id: createHash('sha256').update(key).digest('hex').slice(0, 16), key };
}

function decrypted(key: Buffer, header: string, bytes: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, nonceLength), { authTagLength: tagLength });
  decipher.setAAD(Buffer.from(header));
  decipher.setAuthTag(bytes.subarray(-tagLength));
  try {
    const text = decipher.update(bytes.subarray(nonceLength, -tagLength));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    throw new SealBroken('The sealed text was altered.');
  }
}
