import { OutboxOrder1010000000000 } from './1010-outbox-order.js';
import { Platform1000000000000 } from './1000-platform.js';

export const platformMigrations = [Platform1000000000000, OutboxOrder1010000000000];
