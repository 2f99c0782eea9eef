import type { SecretBox } from '../platform/index.js';

/**
 * The signing secret of a contact method, or undefined where there is none or it cannot be opened: the channel then fails for
 * good and says so, and the next one has its turn.
 */
export function openSecret(box: SecretBox, sealed: string | null): string | undefined {
  if (sealed === null) return undefined;
  try {
    return box.open(sealed);
  } catch {
    return undefined;
  }
}
