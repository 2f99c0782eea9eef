import { Notify1800000000000 } from './1800-notify.js';
import { NoticeDeliveries1801000000000 } from './1801-notice-deliveries.js';
import { Receipts1821000000000 } from './1821-receipts.js';
import { Replies1820000000000 } from './1820-replies.js';

export const notifyMigrations = [
  Notify1800000000000,
  NoticeDeliveries1801000000000,
  Replies1820000000000,
  Receipts1821000000000,
];
