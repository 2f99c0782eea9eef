/** The four levels, SEV1 the gravest. */
export type SeverityLevel = 'SEV1' | 'SEV2' | 'SEV3' | 'SEV4';
