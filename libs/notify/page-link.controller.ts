import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiProduces, ApiResponse, ApiTags } from '@nestjs/swagger';
import { BaseAddress, Problem, Public, type CallerRequest, type Reply } from '../platform/index.js';
import { pageLinkHtml, unknownLinkHtml } from './domain/page-link-html.js';
import { DeclinePageDto, PageLinkDto } from './page-link.dto.js';
import { PageLinks, presentPageLink, type OpenedPageLink } from './page-links.service.js';

const json = 'application/json';
const html = 'text/html';
const form = 'application/x-www-form-urlencoded';
const backToTheLink = { status: 303, description: 'To a browser: the page link, which shows how it stands now.' };

@ApiTags('page links')
@Public()
@Controller('v1/pages/:token')
export class PageLinkController {
  constructor(
    private readonly links: PageLinks,
    private readonly base: BaseAddress,
  ) {}

  /** Shows the page to the responder it was sent to. It changes nothing, however often mail scanners and chat previews fetch it. */
  @Get()
  @ApiProduces(html)
  @ApiOkResponse({ schema: { type: 'string' } })
  async show(@Param('token') token: string, @Res({ passthrough: true }) reply: Reply): Promise<string> {
    return this.browse(token, reply, async () => this.render(token, await this.links.open(token)));
  }

  /** Claims the ticket, or joins its response. Pressing it again changes nothing. */
  @Post('claim')
  @HttpCode(200)
  @ApiConsumes(form, json)
  @ApiProduces(json, html)
  @ApiOkResponse({ type: PageLinkDto })
  @ApiResponse(backToTheLink)
  claim(
    @Param('token') token: string,
    @Req() request: CallerRequest,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<PageLinkDto | string> {
    return this.answer(token, request, reply, () => this.links.claim(token));
  }

  /** Declines: the next candidate is paged at once. */
  @Post('decline')
  @HttpCode(200)
  @ApiConsumes(form, json)
  @ApiProduces(json, html)
  @ApiOkResponse({ type: PageLinkDto })
  @ApiResponse(backToTheLink)
  decline(
    @Param('token') token: string,
    @Body() body: DeclinePageDto,
    @Req() request: CallerRequest,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<PageLinkDto | string> {
    return this.answer(token, request, reply, () => this.links.decline(token, body));
  }

  /** Says that its reader is there: still on the ticket, or has read the page. It claims nothing. */
  @Post('confirm')
  @HttpCode(200)
  @ApiConsumes(form, json)
  @ApiProduces(json, html)
  @ApiOkResponse({ type: PageLinkDto })
  confirm(
    @Param('token') token: string,
    @Req() request: CallerRequest,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<PageLinkDto | string> {
    return this.answer(token, request, reply, () => this.links.confirm(token));
  }

  /** Takes back a claim by this link, within 60 s: the ticket is dispatched again. */
  @Post('undo')
  @HttpCode(200)
  @ApiConsumes(form, json)
  @ApiProduces(json, html)
  @ApiOkResponse({ type: PageLinkDto })
  @ApiResponse(backToTheLink)
  undo(
    @Param('token') token: string,
    @Req() request: CallerRequest,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<PageLinkDto | string> {
    return this.answer(token, request, reply, () => this.links.undo(token));
  }

  private async answer(
    token: string,
    request: CallerRequest,
    reply: Reply,
    act: () => Promise<OpenedPageLink>,
  ): Promise<PageLinkDto | string> {
    if (acceptsHtml(request)) return this.press(token, reply, act);
    keepPrivate(reply);
    return presentPageLink(await act());
  }

  /** After a button the browser goes on to the link itself, so that loading the page again presses nothing. */
  private press(token: string, reply: Reply, act: () => Promise<OpenedPageLink>): Promise<string> {
    return this.browse(token, reply, async () => {
      await act();
      void reply.status(303).header('location', this.path(token));
      return '';
    });
  }

  /** What the desk refused is said on the page, beside the state as it is. */
  private async browse(token: string, reply: Reply, act: () => Promise<string>): Promise<string> {
    keepPrivate(reply);
    try {
      const shown = await act();
      void reply.header('content-type', `${html}; charset=utf-8`);
      return shown;
    } catch (error) {
      if (!(error instanceof Problem) || error.kind.status >= 500) throw error;
      return this.renderRefusal(token, reply, error);
    }
  }

  private async renderRefusal(token: string, reply: Reply, refusal: Problem): Promise<string> {
    void reply.status(refusal.kind.status).header('content-type', `${html}; charset=utf-8`);
    try {
      return this.render(token, await this.links.open(token), refusal.message);
    } catch (error) {
      if (!(error instanceof Problem) || error.kind.status !== 404) throw error;
      return unknownLinkHtml();
    }
  }

  private render(token: string, { view }: OpenedPageLink, notice?: string): string {
    return pageLinkHtml(view, this.path(token), notice);
  }

  private path(token: string): string {
    const prefix = new URL(this.base.url).pathname.replace(/\/$/, '');
    return `${prefix}/v1/pages/${token}`;
  }
}

/** The address of a page link is a key: it is told to nobody else, and no search engine keeps it. */
function keepPrivate(reply: Reply): void {
  void reply.header('referrer-policy', 'no-referrer').header('x-robots-tag', 'noindex, nofollow');
}

function acceptsHtml(request: CallerRequest): boolean {
  return request.headers.accept?.includes(html) ?? false;
}
