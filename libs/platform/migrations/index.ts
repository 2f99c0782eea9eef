import { Platform1000000000000 } from './1000-platform.js';

export const platformMigrations = [Platform1000000000000];
