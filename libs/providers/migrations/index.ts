import { Providers1300000000000 } from './1300-providers.js';

export const providersMigrations = [Providers1300000000000];
