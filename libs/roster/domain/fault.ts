/** One fault in what somebody wrote down: where it is (RFC 6901 pointer into the definition), and what is wrong with it. */
export interface Fault {
  pointer: string;
  detail: string;
}

/** The fault, when there is one; to be spread into a list. */
export function faultIf(wrong: boolean, pointer: string, detail: string): Fault[] {
  return wrong ? [{ pointer, detail }] : [];
}
