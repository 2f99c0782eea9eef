import { isNativeError } from 'node:util/types';
import { singleLine, truncated } from '../domain/text.js';
import { type SendResult } from './channel.js';

const errorLength = 300;

/** A failed attempt. The other side's words may be part of `error`: they are kept to one line of at most 300 characters. */
export function failed(permanent: boolean, error: string): SendResult {
  return { outcome: 'failed', permanent, error: truncated(singleLine(error), errorLength) };
}

/** What an unforeseen error says. */
export function messageOf(error: unknown): string {
  return isNativeError(error) && error.message !== '' ? error.message : 'Unknown error';
}
