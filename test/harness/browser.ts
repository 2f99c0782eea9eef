import axe from 'axe-core';
import { chromium, type Browser as Chromium, type Locator, type Page } from 'playwright-core';

/** A telephone held upright, and a small desktop window. */
export const screens = { telephone: { width: 390, height: 844 }, desktop: { width: 1280, height: 800 } };

/** How a page is looked at. */
export interface VisitOptions {
  screen?: keyof typeof screens;
  colours?: 'light' | 'dark';
  /** Off: as a browser with JavaScript turned off. */
  javaScript?: boolean;
}

/** The system's Chromium, with no extensions, no history and nothing to fetch for itself. */
export class Browser {
  private constructor(private readonly chromium: Chromium) {}

  static async start(): Promise<Browser> {
    const args = [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ];
    return new Browser(await chromium.launch({ executablePath: '/usr/bin/chromium', args }));
  }

  /** Opens an address in a window of its own, without cookies or storage. */
  async visit(url: string, options: VisitOptions = {}): Promise<Visit> {
    const { screen = 'telephone', colours = 'light', javaScript = true } = options;
    const context = await this.chromium.newContext({
      viewport: screens[screen],
      colorScheme: colours,
      javaScriptEnabled: javaScript,
    });
    const visit = new Visit(await context.newPage());
    await visit.page.goto(url);
    return visit;
  }

  async stop(): Promise<void> {
    await this.chromium.close();
  }
}

/** A window with one page. */
export class Visit {
  /** What the browser complained about: scripts and styles that were refused, errors, requests that failed. */
  readonly complaints: string[] = [];
  /** Every address that was asked for. */
  readonly requests: string[] = [];

  constructor(readonly page: Page) {
    page.setDefaultTimeout(10_000);
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) this.complaints.push(message.text());
    });
    page.on('pageerror', (error) => this.complaints.push(error.message));
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? '';
      // What a page ends by itself, as its stream of events, has not failed.
      if (reason !== 'net::ERR_ABORTED') this.complaints.push(`${request.url()}: ${reason}`);
    });
    page.on('request', (request) => this.requests.push(request.url()));
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** The text of the page as it is read out. */
  async text(): Promise<string> {
    return this.page.locator('body').innerText();
  }

  /** How far the page is wider than its window. */
  async overflow(): Promise<number> {
    return this.page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  }

  /** What can be pressed or filled in, by name, that is lower than a thumb needs (44 px). Links within a sentence are exempt. */
  async tooLowToTouch(): Promise<string[]> {
    const controls = await this.page
      .locator('button, input, select, summary, nav a, a.button')
      .filter({ visible: true })
      .all();
    const low: string[] = [];
    for (const control of controls) {
      const box = await control.boundingBox();
      if (box && box.height < 44) low.push(`${await control.textContent()} (${box.height} px)`);
    }
    return low;
  }

  /** What axe finds against WCAG 2.2 level AA. */
  async inaccessible(): Promise<string[]> {
    await this.page.evaluate(axe.source);
    const run = `axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] })`;
    const { violations } = await this.page.evaluate<axe.AxeResults>(run);
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
