import { isNativeError } from 'node:util/types';
import {
  createTransport,
  type NodemailerError,
  type SendMailOptions,
  type SMTPPoolOptions,
  type SMTPPoolSentMessageInfo,
  type Transporter,
} from 'nodemailer';
import { singleLine } from '../domain/text.js';
import { type Channel, type OutgoingMessage, type SendResult } from './channel.js';
import { failed, messageOf } from './failure.js';

export interface EmailChannelOptions {
  /** `smtp://` or `smtps://`, with user and password where the server wants them. */
  url: string;
  /** The sender, as an address or as `Name <address>`. */
  from: string;
  /** Where replies go, when not to the sender. */
  replyTo?: string;
  /** Send nothing over a connection without TLS. Always so for `smtps://`; otherwise TLS is used where the server offers it. */
  requireTls?: boolean;
  /** Milliseconds for an attempt as a whole, waiting for a free connection included. Default 5,000. */
  deadlineMs?: number;
  /** The time in the Date header. */
  now: () => Date;
}

/** E-mail by SMTP (RFC 5321), over a small pool of connections. */
export class EmailChannel implements Channel {
  readonly name = 'email';
  private readonly transport: Transporter<SMTPPoolSentMessageInfo, SMTPPoolOptions>;
  private readonly from: string;
  private readonly replyTo: string | undefined;
  private readonly domain: string;
  private readonly deadlineMs: number;
  private readonly now: () => Date;

  constructor({ url, from, replyTo, requireTls = false, deadlineMs = 5_000, now }: EmailChannelOptions) {
    this.from = from;
    this.replyTo = replyTo;
    this.domain = domainOf(from);
    this.deadlineMs = deadlineMs;
    this.now = now;
    this.transport = createTransport({
      pool: true,
      url: requireTls ? withRequiredTls(url) : url,
      connectionTimeout: deadlineMs,
      greetingTimeout: deadlineMs,
      socketTimeout: deadlineMs,
      dnsTimeout: deadlineMs,
      // Said goodbye to before the inactivity timeout cuts it.
      idleTimeout: Math.floor(deadlineMs * 0.8),
      // Another channel is waiting to be tried: a server that drops connections is not tried for long.
      maxRequeues: 1,
    });
  }

  async send(message: OutgoingMessage, signal?: AbortSignal): Promise<SendResult> {
    if (!isOneAddress(message.to)) return failed(true, 'This is not an e-mail address.');
    const deadline = AbortSignal.timeout(this.deadlineMs);
    const either = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
    try {
      const info = await this.transport.sendMail({ ...this.compose(message), signal: either });
      return { outcome: 'sent', providerMessageId: info.serverMessageId ?? info.messageId };
    } catch (error) {
      if (signal?.aborted) return failed(false, 'The attempt was given up.');
      if (deadline.aborted)
        return failed(false, `The mail server did not take the message within ${this.deadlineMs} ms.`);
      return failed(isPermanent(error), messageOf(error));
    }
  }

  /** Ends all connections; a message under way fails. */
  close(): void {
    this.transport.close({ force: true });
  }

  private compose(message: OutgoingMessage): SendMailOptions {
    return {
      from: this.from,
      replyTo: this.replyTo,
      // As an object: a string would be read as a list of addresses.
      to: { name: '', address: message.to },
      subject: singleLine(message.subject),
      text: message.text,
      html: message.html,
      date: this.now(),
      messageId: `<${singleLine(message.deliveryId)}@${this.domain}>`,
      references: message.references === undefined ? undefined : singleLine(message.references),
      headers: {
        // RFC 3834: vacation responders stay silent.
        'Auto-Submitted': 'auto-generated',
        'X-Codegrey-Ticket': singleLine(message.ticketReference),
      },
      disableFileAccess: true,
      disableUrlAccess: true,
    };
  }
}

/** Parameters in the URL win over options, so the requirement goes there. */
function withRequiredTls(url: string): string {
  const required = new URL(url);
  required.searchParams.set('requireTLS', 'true');
  return required.href;
}

function domainOf(from: string): string {
  return /@([^\s<>@]+)>?\s*$/.exec(from)?.[1] ?? 'localhost';
}

/** One address and nothing beside it: no list, no display name, no line break, nothing that ends the SMTP command. */
function isOneAddress(to: string): boolean {
  return /^[^\s\p{Cc}<>(),:;"@\\]+@[^\s\p{Cc}<>(),;"@\\]+$/u.test(to);
}

/**
 * Whether the server has refused this message for good: 5yz (RFC 5321 section 4.2.1) in reply to its envelope or its data. What goes
 * wrong before that (greeting, TLS, credentials) is between the desk and its server, and says nothing about the message.
 */
function isPermanent(error: unknown): boolean {
  if (!isNativeError(error)) return false;
  const { permanent, code } = error as NodemailerError;
  return permanent === true && (code === 'EENVELOPE' || code === 'EMESSAGE');
}
