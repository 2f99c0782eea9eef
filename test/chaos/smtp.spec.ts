import { DeafMailServer } from '../harness/deaf-mail-server.js';
import { eventually } from '../harness/eventually.js';
import { SplitDesk } from '../harness/split-desk.js';

describe('a mail server that does not answer', () => {
  const mail = new DeafMailServer();
  let desk: SplitDesk;
  beforeAll(async () => {
    await mail.listen();
    desk = await SplitDesk.start({ SMTP_URL: mail.url });
  });
  afterAll(async () => {
    await desk.stop();
    await mail.close();
  });

  it('holds a page up for no longer than the deadline of the channel: then the next channel is tried', async () => {
    // At SEV3 the second way waits two minutes for the first, unless the first has failed.
    const { body } = await desk.open('e-mail');
    expect(body.severity.level).toBe('SEV3');
    await desk.reached(body.reference, 20_000);
    await eventually(async () => {
      const [page] = await desk.pages(body.id);
      expect(page.state).toBe('delivered');
      const byChannel = page.deliveries.map(({ channel, state }: { channel: string; state: string }) => [
        channel,
        state,
      ]);
      expect(byChannel).toEqual([
        ['email', 'failed'],
        ['webhook', 'delivered'],
      ]);
      expect(page.deliveries[0].error).toEqual(expect.any(String));
    });
  });

  it('does not hold up a page that goes out by every channel at once', async () => {
    const { body } = await desk.open('ehr');
    await desk.reached(body.reference, 5_000);
  });
});
