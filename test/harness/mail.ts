/** A mail as a mail server hands it over. */
export interface Mail {
  from: string;
  subject?: string;
  text?: string;
  headers?: Record<string, string>;
}

let mails = 0;

/** The mail as RFC 5322 writes it, with a Message-ID of its own. */
export function rfc822({ from, subject = 'Re: page', text = '', headers = {} }: Mail): string {
  mails += 1;
  const fields = {
    From: from,
    To: 'codegrey@localhost',
    Subject: subject,
    'Message-ID': `<${mails}@mail.example>`,
    ...headers,
  };
  const head = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${head.join('')}Content-Type: text/plain; charset=utf-8\r\n\r\n${text}\r\n`;
}

/** The bounce of a mail (RFC 3464), as the server of its receiver writes it. */
export function bounceOf(messageId: string): string {
  return [
    'From: MAILER-DAEMON@mx.example',
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=bounce',
    '',
    '--bounce',
    'Content-Type: text/plain',
    '',
    'The mail could not be delivered.',
    '--bounce',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    'Final-Recipient: rfc822; somebody@desk.example',
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 no such user',
    '',
    '--bounce',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: ${messageId}`,
    '--bounce--',
    '',
  ].join('\r\n');
}
