/** What a demo phone, the demo inbox or the demo telephone network has received. */
export interface DemoMessage {
  channel: 'email' | 'webhook' | 'sms' | 'voice';
  /** The e-mail address, the name of the phone, or the telephone number. */
  to: string;
  subject: string;
  text: string;
  /** The http(s) addresses in the text, in their order, each once. */
  links: string[];
  /** The reference of the ticket that the message is about, where it says so. */
  ticketReference: string | null;
  /** The delivery that the message is an attempt of, where it says so. */
  deliveryId?: string;
  /** By lower-case name; repeated headers are joined by commas. */
  headers: Record<string, string>;
}

/** Takes a message over. A failure is answered to the sender as one that is worth another attempt. */
export type DemoMessageHandler = (message: DemoMessage) => void | Promise<void>;
