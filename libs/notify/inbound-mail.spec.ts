import { readMail } from './inbound-mail.js';

const head =
  'From: Night Desk <Night@Clinic.example>\r\nSubject: Re: CG-7K3M-Q2XD\r\nMessage-ID: <1@clinic.example>\r\n';
const mail = (text: string) => Buffer.from(text);

describe('an inbound mail', () => {
  it('is read for its sender, subject and text, whatever it is wrapped in', async () => {
    const read = await readMail(
      mail(
        `${head}MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\nContent-Type: text/plain; charset=iso-8859-2\r\n` +
          'Content-Transfer-Encoding: quoted-printable\r\n\r\nPreiau =E3=FE\r\n--q\r\nContent-Type: image/png; name=note.png\r\n' +
          'Content-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--q--\r\n',
      ),
    );
    expect(read).toMatchObject({
      from: 'night@clinic.example',
      subject: 'Re: CG-7K3M-Q2XD',
      messageId: '<1@clinic.example>',
    });
    expect(read.text.trim()).toBe('Preiau ăţ');
    expect(read.attachments).toEqual([{ name: 'note.png', bytes: 3 }]);
    expect(read.report).toBeNull();
  });

  it('is read for what a bounce says', async () => {
    const read = await readMail(
      mail(
        'From: MAILER-DAEMON@mx.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=q\r\n\r\n' +
          '--q\r\nContent-Type: text/plain\r\n\r\nSorry\r\n--q\r\nContent-Type: message/delivery-status\r\n\r\n' +
          'Reporting-MTA: dns; mx.example\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n' +
          '--q\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID:\r\n <abc@desk.example>\r\n--q--\r\n',
      ),
    );
    expect(read.report?.originalMessageId).toBe('<abc@desk.example>');
    expect(read.report?.status).toContain('Action: failed');
  });

  it.each([
    ['no mail at all', '{"summary": "not a mail"}'],
    ['ten thousand fields', `${head}${'X-Field: 1\r\n'.repeat(10_000)}\r\nclaim`],
    ['a head without end', `${head}X-Field: ${'a'.repeat(200_000)}`],
    ['a million lines', `${head}\r\n${'a\n'.repeat(1_000_000)}`],
    [
      'fifty thousand parts',
      `${head}Content-Type: multipart/mixed; boundary=q\r\n\r\n${'--q\r\n\r\n\r\n'.repeat(50_000)}`,
    ],
  ])('with %s is refused in a moment', async (_, source) => {
    const before = performance.now();
    await expect(readMail(mail(source))).rejects.toMatchObject({ kind: { slug: 'invalid-input', status: 422 } });
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  it('names nobody as its sender when there are two', async () => {
    expect((await readMail(mail('From: a@one.example, b@two.example\r\n\r\nclaim'))).from).toBeNull();
  });
});
