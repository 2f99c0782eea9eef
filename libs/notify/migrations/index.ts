import { Notify1800000000000 } from './1800-notify.js';

export const notifyMigrations = [Notify1800000000000];
