/** What a credential may do. An administrator configures, and sees no case by that role alone. */
export const roles = ['provider', 'responder', 'coordinator', 'auditor', 'admin', 'integration'] as const;

export type Role = (typeof roles)[number];

/** Who asks. Every query about cases takes one. */
export interface Viewer {
  role: Role;
  /** The person or system that acts: a responder's id for responders. It is what the journal names. */
  principalId: string;
  /** The credential itself. */
  keyId: string;
  /** The provider the credential belongs to: the only one for a provider, the usual one for an integration. */
  providerId: string | null;
  /** ISO 3166-1 codes of the jurisdiction; null: everywhere. */
  countries: string[] | null;
}

/** The roles that work at the desk and see how a case is handled, not only what comes of it. */
export const deskRoles: readonly Role[] = ['responder', 'coordinator', 'auditor'];
