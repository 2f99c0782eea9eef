/** One fault in the input: where it is (RFC 6901 pointer into the body or query) and what is wrong with it. */
export interface Fault {
  pointer: string;
  detail: string;
}

/** A kind of failure that the API can answer with. `slug` ends the problem's `type` and never changes once published. */
export interface ProblemKind {
  slug: string;
  status: number;
  title: string;
}

/** Members beside the standard ones (RFC 9457 section 3.2), and what the answer needs besides its body. */
export interface ProblemDetails {
  detail?: string;
  errors?: Fault[];
  /** Extension members, shown as they are. */
  extensions?: Record<string, unknown>;
  /** Seconds after which a repetition may succeed (`Retry-After`). */
  retryAfterSeconds?: number;
}

const published = new Map<string, ProblemKind>();

/** Declares a kind of failure, so that `/docs/problems` lists it. Each slug is declared once. */
export function problemKind(slug: string, status: number, title: string): ProblemKind {
  const kind = { slug, status, title };
  published.set(slug, kind);
  return kind;
}

/** Every declared kind of failure, by slug. */
export function publishedProblems(): ProblemKind[] {
  return [...published.values()].sort((a, b) => a.slug.localeCompare(b.slug));
}

/** A failure that the caller is told about, as RFC 9457 describes. Anything else that is thrown is answered as an internal error. */
export class Problem extends Error {
  constructor(
    readonly kind: ProblemKind,
    readonly details: ProblemDetails = {},
  ) {
    super(details.detail ?? kind.title);
    this.name = 'Problem';
  }
}

/** The body of the answer. `instance` is the request id, by which the log is found. */
export function presentProblem(problem: Problem, instance: string): Record<string, unknown> {
  const { detail, errors, extensions } = problem.details;
  return {
    ...extensions,
    type: `https://codegrey.eu/problems/${problem.kind.slug}`,
    title: problem.kind.title,
    status: problem.kind.status,
    ...(detail === undefined ? {} : { detail }),
    ...(errors === undefined ? {} : { errors }),
    instance: `urn:codegrey:request:${instance}`,
  };
}
