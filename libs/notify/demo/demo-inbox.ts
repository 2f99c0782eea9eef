import { type AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { type DemoMessage, type DemoMessageHandler } from './demo-message.js';
import { linksIn } from './links.js';

/** The largest message that is taken, in bytes. */
const largestMessage = 262_144;

/** A failure with the SMTP reply code that it is answered with. */
class SmtpReply extends Error {
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message);
  }
}

/** A mail server on the loopback interface, which shows what a desk without a real one would have sent. It passes nothing on. */
export class DemoInbox {
  private readonly server: SMTPServer;

  constructor(private readonly onMessage: DemoMessageHandler) {
    this.server = new SMTPServer({
      name: 'demo-inbox',
      size: largestMessage,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      logger: false,
      closeTimeout: 200,
      onData: (stream, session, done) => {
        const recipients = session.envelope.rcptTo.map(({ address }) => address);
        this.receive(stream, recipients).then(() => done(), done);
      },
    });
    // A client that drops its connection is its own affair.
    this.server.on('error', () => undefined);
  }

  /** Listens on a free port. */
  async start(): Promise<{ url: string }> {
    const listener = this.server.listen(0, '127.0.0.1');
    await new Promise((resolve, reject) => listener.once('listening', resolve).once('error', reject));
    const { port } = listener.address() as AddressInfo;
    return { url: `smtp://127.0.0.1:${port}` };
  }

  /** Stops listening, and ends connections that do not end by themselves within 0.2 s. */
  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(resolve));
  }

  private async receive(stream: SMTPServerDataStream, recipients: string[]): Promise<void> {
    const message = await parse(await bounded(stream));
    try {
      for (const to of recipients) await this.onMessage({ ...message, to });
    } catch {
      throw new SmtpReply(451, 'The message could not be kept, try again later');
    }
  }
}

/** The whole message, if it is not too large. The stream is read to its end in any case, since the answer is due only then. */
async function bounded(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    if (!stream.sizeExceeded) chunks.push(chunk);
  }
  if (stream.sizeExceeded) throw new SmtpReply(552, `Messages of more than ${largestMessage} bytes are not taken`);
  return Buffer.concat(chunks);
}

async function parse(source: Buffer): Promise<Omit<DemoMessage, 'to'>> {
  // It is large, and a desk whose responders have no mailbox never needs it.
  const { simpleParser } = await import('mailparser');
  const mail = await simpleParser(source, { skipTextToHtml: true, maxHtmlLengthToParse: largestMessage });
  const text = mail.text ?? '';
  const headers: Record<string, string> = {};
  for (const { key, line } of mail.headerLines) {
    const value = unfolded(line.slice(line.indexOf(':') + 1));
    headers[key] = key in headers ? `${headers[key]}, ${value}` : value;
  }
  return {
    channel: 'email',
    subject: mail.subject ?? '',
    text,
    links: linksIn(text),
    ticketReference: headers['x-codegrey-ticket'] ?? null,
    headers,
  };
}

/** A header's value on one line (RFC 5322 section 2.2.3). */
function unfolded(value: string): string {
  return value.replace(/\r?\n[ \t]*/g, ' ').trim();
}
