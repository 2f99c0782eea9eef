import { Body, Controller, Get, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiConsumes, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { BaseAddress, Problem, Public, type CallerRequest, type Reply } from '../platform/index.js';
import { pageLinkHtml, unknownLinkHtml } from './domain/page-link-html.js';
import { DeclinePageDto, PageLinkDto } from './page-link.dto.js';
import { PageLinks, presentPageLink } from './page-links.service.js';
import type { OpenedPage } from './page-views.service.js';

const json = 'application/json';
const html = 'text/html';
const form = 'application/x-www-form-urlencoded';

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
    return this.page(token, reply, () => this.links.open(token));
  }

  /** Claims the ticket, or joins its response. Pressing it again changes nothing. */
  @Post('claim')
  @HttpCode(200)
  @ApiConsumes(form, json)
  @ApiProduces(json, html)
  @ApiOkResponse({ type: PageLinkDto })
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
  decline(
    @Param('token') token: string,
    @Body() body: DeclinePageDto,
    @Req() request: CallerRequest,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<PageLinkDto | string> {
    return this.answer(token, request, reply, () => this.links.decline(token, body));
  }

  /** Takes back a claim by this link, within 60 s: the ticket is dispatched again. */
  @Post('undo')
  @HttpCode(200)
  @ApiConsumes(form, json)
  @ApiProduces(json, html)
  @ApiOkResponse({ type: PageLinkDto })
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
    act: () => Promise<OpenedPage>,
  ): Promise<PageLinkDto | string> {
    if (acceptsHtml(request)) return this.page(token, reply, act);
    keepPrivate(reply);
    return presentPageLink(await act());
  }

  /** The page after an action. What the desk refused is said on it, beside the state as it is. */
  private async page(token: string, reply: Reply, act: () => Promise<OpenedPage>): Promise<string> {
    keepPrivate(reply);
    void reply.header('content-type', `${html}; charset=utf-8`);
    try {
      return this.render(token, await act());
    } catch (error) {
      if (!(error instanceof Problem) || error.kind.status >= 500) throw error;
      return this.renderRefusal(token, reply, error);
    }
  }

  private async renderRefusal(token: string, reply: Reply, refusal: Problem): Promise<string> {
    void reply.status(refusal.kind.status);
    try {
      return this.render(token, await this.links.open(token), refusal.message);
    } catch (error) {
      if (!(error instanceof Problem) || error.kind.status !== 404) throw error;
      return unknownLinkHtml();
    }
  }

  private render(token: string, { view }: OpenedPage, notice?: string): string {
    const prefix = new URL(this.base.url).pathname.replace(/\/$/, '');
    return pageLinkHtml(view, `${prefix}/v1/pages/${token}`, notice);
  }
}

/** The address of a page link is a key: it is told to nobody else, and no search engine keeps it. */
function keepPrivate(reply: Reply): void {
  void reply.header('referrer-policy', 'no-referrer').header('x-robots-tag', 'noindex, nofollow');
}

function acceptsHtml(request: CallerRequest): boolean {
  return request.headers.accept?.includes(html) ?? false;
}
