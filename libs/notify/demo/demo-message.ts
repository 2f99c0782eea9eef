/** What a demo phone or the demo inbox has received. */
export interface DemoMessage {
  channel: 'email' | 'webhook';
  /** The e-mail address, or the name of the phone. */
  to: string;
  subject: string;
  text: string;
  /** The http(s) addresses in the text, in their order, each once. */
  links: string[];
  /** The reference of the ticket that the message is about, where it says so. */
  ticketReference: string | null;
  /** By lower-case name; repeated headers are joined by commas. */
  headers: Record<string, string>;
}

/** Takes a message over. A failure is answered to the sender as one that is worth another attempt. */
export type DemoMessageHandler = (message: DemoMessage) => void | Promise<void>;
