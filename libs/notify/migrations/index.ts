import { Notify1800000000000 } from './1800-notify.js';
import { NoticeDeliveries1801000000000 } from './1801-notice-deliveries.js';
import { Channels1810000000000 } from './1810-channels.js';
import { Replies1820000000000 } from './1820-replies.js';
import { Receipts1821000000000 } from './1821-receipts.js';

export const notifyMigrations = [
  Notify1800000000000,
  NoticeDeliveries1801000000000,
  Channels1810000000000,
  Replies1820000000000,
  Receipts1821000000000,
];
