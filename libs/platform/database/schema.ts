/** The PostgreSQL schema that holds every table of the desk. */
export const schema = 'codegrey';

/** The PostgreSQL schema that holds BullMQ's own tables, where the queues lie in PostgreSQL. */
export const queueSchema = 'codegrey_queue';

/** The role that the desk works as: it may add to the journal and never change it. */
export const deskRole = 'codegrey_desk';
