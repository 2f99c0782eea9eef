/** One thing that happened, as the stream tells it. */
export interface StreamedEntry {
  id: string;
  type: string;
  reference: string | null;
  at: Date;
  ticketId: string | null;
  data: unknown;
}

/** An event in the JSON format of CloudEvents 1.0; `ticketid` is an extension attribute. Attributes without a value are left out. */
export interface CloudEvent {
  specversion: '1.0';
  id: string;
  source: string;
  type: string;
  subject?: string;
  time: string;
  datacontenttype: 'application/json';
  ticketid?: string;
  data: unknown;
}

/** The entry as a CloudEvent of the desk at `source`. */
export function toCloudEvent(entry: StreamedEntry, source: string): CloudEvent {
  return {
    specversion: '1.0',
    id: entry.id,
    source,
    type: entry.type,
    ...(entry.reference ? { subject: entry.reference } : {}),
    time: entry.at.toISOString(),
    datacontenttype: 'application/json',
    ...(entry.ticketId === null ? {} : { ticketid: entry.ticketId }),
    data: entry.data ?? null,
  };
}
