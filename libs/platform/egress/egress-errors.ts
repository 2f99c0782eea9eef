/** Why a request was never sent: the text is no URL, the scheme is not http(s), it carries user information, or its address is off limits. */
export type RefusalReason = 'url' | 'scheme' | 'credentials' | 'address';

/** The target is not one that this desk connects to. Asking again gives the same answer. */
export class EgressRefused extends Error {
  constructor(
    readonly reason: RefusalReason,
    message: string,
  ) {
    super(message);
    this.name = 'EgressRefused';
  }
}

/** What went wrong on the way. `cancelled` is the caller's own signal. */
export type EgressFailureKind = 'timeout' | 'connection' | 'response-too-large' | 'cancelled';

/** The request was permitted and went wrong on the way. The other side may have acted on it all the same. */
export class EgressFailed extends Error {
  constructor(
    readonly kind: EgressFailureKind,
    message: string,
    /** The status of the answer, where its head had arrived before the failure. */
    readonly status?: number,
  ) {
    super(message);
    this.name = 'EgressFailed';
  }
}
