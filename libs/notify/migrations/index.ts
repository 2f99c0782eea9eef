import { Notify1800000000000 } from './1800-notify.js';
import { NoticeDeliveries1801000000000 } from './1801-notice-deliveries.js';
import { Channels1810000000000 } from './1810-channels.js';

export const notifyMigrations = [Notify1800000000000, NoticeDeliveries1801000000000, Channels1810000000000];
