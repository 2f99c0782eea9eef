import * as fc from 'fast-check';
import { readDeliveryReport, sentMessage } from './delivery-report.js';

const report = (...fields: string[]) =>
  ['Reporting-MTA: dns; mx.clinic.example', '', 'Final-Recipient: rfc822; night@clinic.example', ...fields, ''].join(
    '\r\n',
  );

describe('a delivery status notification', () => {
  it('says that a mail came back for good, without the address', () => {
    const fields = [
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 5.1.1 <night@clinic.example>: unknown',
    ];
    expect(readDeliveryReport(report(...fields))).toEqual({
      state: 'failed',
      permanent: true,
      error: 'Returned by mail: 5.1.1 550 5.1.1 …: unknown',
    });
  });

  it('tells a full mailbox from one that is not there', () => {
    expect(readDeliveryReport(report('Action: failed', 'Status: 5.2.2'))).toMatchObject({ permanent: false });
    expect(readDeliveryReport(report('Action: failed', 'Status: 4.4.7'))).toMatchObject({ permanent: false });
  });

  it('changes nothing while a mail is only delayed', () => {
    expect(readDeliveryReport(report('Action: delayed', 'Status: 4.2.0'))).toBeNull();
    expect(readDeliveryReport(report('Action: delivered', 'Status: 2.0.0'))).toMatchObject({ state: 'delivered' });
  });

  it('survives whatever else stands there', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => void readDeliveryReport(text)));
  });
});

describe('a Message-ID', () => {
  const [page, method] = ['0193c3a1-0000-7000-8000-000000000001', '0193c3a1-0000-7000-8000-000000000002'];

  it('names what was sent', () => {
    expect(sentMessage(`<${page}-${method}@desk.example>`)).toEqual({ pageId: page, contactMethodId: method });
    expect(sentMessage(`<${page}@desk.example>`)).toEqual({ deliveryId: page });
  });

  it.each(['<abc@desk.example>', `<${page}-x@desk.example>`, '', `${page}`])('%j names nothing of ours', (text) => {
    expect(sentMessage(text)).toBeNull();
  });
});
