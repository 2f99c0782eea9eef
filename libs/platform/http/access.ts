import { SetMetadata } from '@nestjs/common';

/** Metadata that the authentication reads. A handler without any is refused: access is denied by default. */
export const ACCESS = Symbol('Access');

/** Who may call a handler: anybody at all, or credentials with one of these roles. */
export type Access = { public: true } | { roles: readonly string[] };

/** No credential is asked for. */
export const Public = () => SetMetadata(ACCESS, { public: true } satisfies Access);

/** Only credentials with one of these roles. What they may see is decided beside each query. */
export const AllowRoles = (...roles: string[]) => SetMetadata(ACCESS, { roles } satisfies Access);
