import { Identity1100000000000 } from './1100-identity.js';

export const identityMigrations = [Identity1100000000000];
