import { Notify1800000000000 } from './1800-notify.js';
import { NoticeDeliveries1801000000000 } from './1801-notice-deliveries.js';
import { Channels1810000000000 } from './1810-channels.js';
import { Replies1820000000000 } from './1820-replies.js';
import { ReceivedMails1821000000000 } from './1821-received-mails.js';
import { MethodHealth1822000000000 } from './1822-method-health.js';

export const notifyMigrations = [
  Notify1800000000000,
  NoticeDeliveries1801000000000,
  Channels1810000000000,
  Replies1820000000000,
  ReceivedMails1821000000000,
  MethodHealth1822000000000,
];
