import { setTimeout as sleep } from 'node:timers/promises';
import { Browser, type Visit, type VisitOptions } from '../harness/browser.js';
import { Desk, sev1, type Person } from '../harness/desk.js';
import { eventually, present } from '../harness/eventually.js';
import type { Json } from '../harness/client.js';

describe('in a browser', () => {
  let desk: Desk;
  let browser: Browser;
  const visits: Visit[] = [];

  beforeAll(async () => {
    desk = await Desk.start({ movableClock: true });
    browser = await Browser.start();
  });

  afterEach(() => Promise.all(visits.splice(0).map((visit) => visit.close())));

  afterAll(async () => {
    await browser?.stop();
    await desk.stop();
  });

  const visit = async (path: string, options?: VisitOptions): Promise<Visit> => {
    const opened = await browser.visit(new URL(path, desk.url).href, options);
    visits.push(opened);
    return opened;
  };

  /** A ticket whose page has gone out, and the link in it. */
  const paged = async (ticket: object = {}): Promise<{ id: string; reference: string; link: string }> => {
    // The gravest are never paged in bundles, however many one hospital opens in a row.
    const { id, reference } = await desk.open({ ...sev1, ...ticket });
    const link = await linkOf(id, 'responder1@desk.example');
    // Every method has taken it, and said so: nothing more happens by itself.
    await eventually(async () => {
      const [{ deliveries }] = await desk.pages(id);
      expect(deliveries.map(({ state }: Json) => state)).not.toContain('sending');
    });
    return { id, reference, link };
  };

  const linkOf = async (ticket: string, to: string): Promise<string> => {
    const message = await eventually(async () => present((await desk.messages({ ticket, to }))[0], `message to ${to}`));
    return present<string>(message.links[0], 'link');
  };

  const enterKey = async ({ page }: Visit, key: string): Promise<void> => {
    await page.getByLabel('Key of the demo coordinator').fill(key);
    await page.getByRole('button', { name: 'Show messages' }).click();
  };

  describe('the demo page', () => {
    const status = ({ page }: Visit) => page.getByRole('status');

    it('asks for a key, and says so when it is not known or may not see the messages', async () => {
      const demo = await visit('/demo');
      await enterKey(demo, 'no key of this desk – at all');
      await eventually(async () => expect(await status(demo).innerText()).toBe('The desk does not know this key.'));
      await enterKey(demo, desk.keys.provider.key);
      await eventually(async () => expect(await status(demo).innerText()).toContain('Use the coordinator’s'));
      expect(await demo.page.locator(':focus').getAttribute('name')).toBe('key');
      expect(await demo.page.evaluate('sessionStorage.length')).toBe(0);
    });

    it('shows messages as they come, also after it is loaded again, until the key is forgotten', async () => {
      const demo = await visit('/demo');
      await enterKey(demo, desk.keys.coordinator.key);
      await demo.page.getByText('Nobody has been paged yet.').waitFor();
      const { reference } = await desk.open({ summary: 'Shown <b>as it was written</b>' });
      const messages = demo.page.getByRole('article').filter({ hasText: reference });
      await eventually(async () => expect(await messages.count()).toBe(2));
      expect(await messages.first().innerText()).toContain('Shown <b>as it was written</b>');
      expect(await demo.page.getByText('Nobody has been paged yet.').isVisible()).toBe(false);

      await demo.page.reload();
      await eventually(async () => expect(await messages.count()).toBe(2));
      const [linked] = await Promise.all([
        demo.page.context().waitForEvent('page'),
        messages.first().getByRole('link', { name: 'Open the page link' }).click(),
      ]);
      await linked.getByRole('heading', { name: reference }).waitFor();

      await demo.button('Forget the key').click();
      expect(await messages.count()).toBe(0);
      await demo.page.reload();
      expect(await status(demo).innerText()).toBe('Not connected.');
      expect(demo.complaints).toEqual([]);
    });

    it('says when the desk does not answer, and goes on by itself when it does', async () => {
      const demo = await visit('/demo');
      await enterKey(demo, desk.keys.coordinator.key);
      await eventually(async () => expect(await status(demo).innerText()).toMatch(/^Connected/));
      await demo.page.context().setOffline(true);
      await eventually(async () => expect(await status(demo).innerText()).toMatch(/does not answer/));
      await demo.page.context().setOffline(false);
      await eventually(async () => expect(await status(demo).innerText()).toMatch(/^Connected/));
    });

    it('says without JavaScript where the messages are', async () => {
      const demo = await visit('/demo', { javaScript: false });
      expect(await demo.text()).toContain('GET /v1/demo/messages');
    });
  });

  describe('a page link', () => {
    const openedBy = (person: Person) => desk.keys[person].id;

    it('changes nothing by being opened, looked at and fetched again', async () => {
      const { id, link } = await paged();
      const before = [await desk.ticket(id), await desk.timeline(id)];
      const shown = await visit(link);
      for (let time = 0; time < 5; time += 1) {
        expect((await fetch(link)).status).toBe(200);
        expect((await fetch(link, { method: 'HEAD' })).status).toBe(200);
      }
      // A page that acted by itself would do so once its scripts ran.
      await sleep(2_000);
      expect(await shown.page.locator('script').count()).toBe(0);
      expect(shown.requests).toEqual([link]);
      expect([await desk.ticket(id), await desk.timeline(id)]).toEqual(before.map(withoutRemaining));
    });

    it('claims by its button, with the keyboard and without JavaScript, and shows the state from then on', async () => {
      const { id, reference, link } = await paged();
      const shown = await visit(link, { javaScript: false });
      await shown.page.keyboard.press('Tab');
      await shown.page.keyboard.press('Enter');
      await shown.page.getByText('Claimed by you.').waitFor();
      expect(shown.page.url()).toBe(link);
      expect((await desk.ticket(id)).claimedBy).toBe(openedBy('responder'));

      const again = await visit(link);
      expect(await again.text()).toMatch(new RegExp(`${reference}[^]*Claimed by you\\.`));
      expect(await again.page.getByRole('button').allInnerTexts()).toEqual(['Give it back']);
      expect([...shown.complaints, ...again.complaints]).toEqual([]);
    });

    it('does the same once, however often its button is pressed', async () => {
      const { id, link } = await paged();
      const [one, two] = [await visit(link), await visit(link)];
      for (const shown of [one, two]) {
        await shown.button('Claim the ticket').click();
        await shown.page.getByText('Claimed by you.').waitFor();
      }
      expect((await desk.timeline(id)).filter(({ type }) => type === 'ticket.claimed')).toHaveLength(1);
    });

    it('lets a claim be taken back for a minute, and says so when it is over', async () => {
      const { id, link } = await paged();
      const shown = await visit(link);
      await shown.button('Claim the ticket').click();
      await shown.button('Give it back').click();
      await shown.page.getByText('You have given it back.').waitFor();
      expect((await desk.ticket(id)).state).toBe('open');

      const other = await paged();
      const late = await visit(other.link);
      await late.button('Claim the ticket').click();
      await late.page.getByText('It can be taken back until').waitFor();
      await desk.advance('PT61S');
      await late.button('Give it back').click();
      expect(await late.page.getByRole('alert').innerText()).toContain('Release the ticket instead.');
      expect((await desk.ticket(other.id)).claimedBy).toBe(openedBy('responder'));
      await late.page.goto(other.link);
      expect(await late.page.getByRole('button').count()).toBe(0);
    });

    it('declines with a reason, and the next person is asked', async () => {
      const { id, link } = await paged();
      const shown = await visit(link);
      await shown.page.getByLabel('Cannot help? Say why:').selectOption({ label: 'Conflict of interest' });
      await shown.button('Decline').click();
      await shown.page.getByText('You have declined.').waitFor();
      const pages = await desk.paged(id, 2);
      expect(pages.map(({ responderId }) => responderId)).toEqual([openedBy('responder'), openedBy('responder2')]);
      const said = await desk.database.query('SELECT reason FROM codegrey.declines WHERE ticket_id = $1', [id]);
      expect(said).toEqual([{ reason: 'conflict-of-interest' }]);
    });

    it('tells who comes too late that the ticket is in good hands', async () => {
      const { id, link } = await paged();
      const shown = await visit(link);
      await desk.as('responder2').post(`/v1/tickets/${id}/claim`);
      await shown.button('Claim the ticket').click();
      expect(await shown.page.getByRole('alert').innerText()).toContain('is in good hands');
      expect(await shown.page.getByRole('status').innerText()).toBe('Somebody else has claimed it.');
      expect(await shown.page.getByRole('button').count()).toBe(0);
    });

    it('says nothing of a ticket when it is unknown or has expired', async () => {
      const { id, link, reference } = await paged();
      await desk.database.query(
        `UPDATE codegrey.page_links AS link SET expires_at = codegrey.now()
         FROM codegrey.pages AS page WHERE page.id = link.page_id AND page.ticket_id = $1`,
        [id],
      );
      const unknown = await visit('/v1/pages/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA');
      const expired = await visit(link);
      for (const shown of [unknown, expired]) {
        expect(await shown.page.getByRole('heading').innerText()).toBe('This link leads nowhere');
        expect(await shown.text()).not.toContain(reference);
      }
      expect(await expired.page.content()).toBe(await unknown.page.content());
    });

    it('marks a drill, and keeps from the page what may only be read at the desk', async () => {
      const drill = await visit((await paged({ exercise: true })).link);
      expect(await drill.text()).toMatch(/^EXERCISE: this is a drill\./);
      const secret = await visit((await paged({ summary: 'Told to nobody', tlp: 'TLP:RED' })).link);
      expect(await secret.text()).not.toContain('Told to nobody');
      expect(await secret.text()).toContain('may be read at the desk only');
    });
  });

  describe('a failure', () => {
    it('is a page to a browser and a problem to a program', async () => {
      const shown = await visit('/there/is/nothing');
      expect(await shown.page.getByRole('heading').innerText()).toContain('There is nothing here');
      const answered = await desk.withKey(undefined).get('/there/is/nothing');
      expect([answered.status, answered.headers.get('content-type')]).toEqual([
        404,
        expect.stringMatching(/problem\+json/),
      ]);
    });
  });

  it('shows the whole API without asking anybody else for anything', async () => {
    const docs = await visit('/docs', { screen: 'desktop' });
    await docs.page.locator('#operations-tag-dispatch').click();
    await docs.page.locator('[data-path="/v1/tickets/{id}/claim"]').click();
    await docs.page.getByText('Every type of problem').click();
    await docs.page.getByText('already-claimed').first().waitFor();
    expect(docs.requests.filter((url) => !url.startsWith(desk.url) && !url.startsWith('data:'))).toEqual([]);
    expect(docs.complaints).toEqual([]);
  });

  describe.each(['telephone', 'desktop'] as const)('on a %s', (screen) => {
    const pages: Record<string, (colours: 'light' | 'dark') => Promise<Visit>> = {
      'the start page': (colours) => visit('/', { screen, colours }),
      'the demo page without a key': (colours) => visit('/demo', { screen, colours }),
      'the demo page with messages': async (colours) => {
        await paged({ summary: `Unbroken: ${'EHR-unreachable-'.repeat(12)}` });
        const demo = await visit('/demo', { screen, colours });
        await enterKey(demo, desk.keys.coordinator.key);
        await demo.page.getByRole('article').first().waitFor();
        return demo;
      },
      'a page link that asks': async (colours) => {
        const { link } = await paged({ exercise: true, summary: `Unbroken: ${'EHR-unreachable-'.repeat(12)}` });
        return visit(link, { screen, colours });
      },
      'a page link that was answered': async (colours) => {
        const shown = await visit((await paged()).link, { screen, colours });
        await shown.button('Claim the ticket').click();
        await shown.button('Give it back').waitFor();
        return shown;
      },
    };

    it.each(Object.keys(pages))('%s fits, can be touched and read, and meets WCAG 2.2 AA', async (name) => {
      for (const colours of ['light', 'dark'] as const) {
        const shown = await present(pages[name], name)(colours);
        expect(await shown.overflow()).toBe(0);
        expect(await shown.tooLowToTouch()).toEqual([]);
        expect(await shown.inaccessible()).toEqual([]);
        expect(shown.complaints).toEqual([]);
      }
    });

    it('the API fits', async () => {
      const docs = await visit('/docs', { screen });
      await docs.page.locator('#operations-tag-dispatch').click();
      await docs.page.locator('[data-path="/v1/tickets/{id}/claim"]').click();
      expect(await docs.overflow()).toBe(0);
      expect(docs.complaints).toEqual([]);
    });
  });
});

/** A ticket to compare with, whose clocks may meanwhile have less time left; or its timeline as it is. */
function withoutRemaining(shown: Json): Json {
  if (Array.isArray(shown)) return shown;
  return { ...shown, clocks: shown.clocks.map((clock: Json) => ({ ...clock, remaining: expect.any(String) })) };
}
