import { Injectable } from '@nestjs/common';
import { scopeOfTicket } from '../cases/index.js';
import { Claims, Declines, type Page } from '../dispatch/index.js';
import { Clock, Database, newId, Problem, SecretBox, UnitOfWork, type Work } from '../platform/index.js';
import { Providers } from '../providers/index.js';
import { mayCallBack } from './domain/disclosure.js';
import { replyAnswer, type ReplyAnswer, type ReplyOutcome } from './domain/reply-answer.js';
import { decideReply, type ReplyDecision } from './domain/reply-decision.js';
import { readReply, type ReplyCommand } from './domain/reply.js';
import { PageViews, type OpenedPage } from './page-views.service.js';
import { findCodes, insertReply, useCode, type KnownCode, type KnownCodeRow } from './replies.sql.js';
import { replyCodeDigest } from './reply-codes.js';
import { ReplyGuard } from './reply-guard.js';
import { loadReplyWords } from './reply-words.js';
import { verifiedCallback } from './verified-callback.js';

/** A reply as its channel received it. */
export interface IncomingReply {
  channel: 'email' | 'sms' | 'voice';
  /** The address or number it came from. */
  from: string;
  text: string;
}

/** Who answers which page, by what. */
export interface PageReply {
  pageId: string;
  contactMethodId: string;
  channel: IncomingReply['channel'];
  command: ReplyCommand;
  /** The code it came with, and how it was typed; null where the channel itself binds the reply to its page (a call). */
  code: { known: KnownCode; typed: string } | null;
}

/** What came of a reply. */
export interface AnsweredReply {
  outcome: ReplyOutcome;
  answer: ReplyAnswer;
  /** Whether it has a command and a code, be it a wrong one: then it is a reply and nothing else. */
  wasMeant: boolean;
  /** Whom it came from; null: its sender is not known. */
  contactMethodId: string | null;
}

/**
 * What people do by replying to a page. The code in a reply stands for the responder, the page and the address that it was sent to;
 * from any other address it is none. What it decides goes through the same services as the page link.
 */
@Injectable()
export class Replies {
  private readonly words = loadReplyWords();

  constructor(
    private readonly database: Database,
    private readonly unitOfWork: UnitOfWork,
    private readonly views: PageViews,
    private readonly claims: Claims,
    private readonly declines: Declines,
    private readonly providers: Providers,
    private readonly secrets: SecretBox,
    private readonly guard: ReplyGuard,
    private readonly clock: Clock,
  ) {}

  /** Acts on a reply, and answers what its sender is to be told. */
  async answer({ channel, from, text }: IncomingReply): Promise<AnsweredReply> {
    const { command, codes } = readReply(text, this.words);
    const wasMeant = command !== null && codes.length > 0;
    const told = (outcome: ReplyOutcome, contactMethodId: string | null) => {
      return { outcome, answer: replyAnswer(outcome), wasMeant, contactMethodId };
    };
    if (!(await this.guard.isOpen(from))) return told({ is: 'too-many' }, null);
    const found = await this.findCode(channel, from, codes);
    if (found === null) {
      await this.guard.countWrong(from, codes.length);
      return told({ is: 'unknown' }, null);
    }
    const { known, typed } = found;
    return told(await this.actOn(channel, command, known, typed), known.contactMethodId);
  }

  /** Acts on a reply about a page. */
  async answerPage(reply: PageReply): Promise<ReplyOutcome> {
    const opened = await this.views.of(reply.pageId);
    if (!opened) return { is: 'unknown' };
    const decision = decideReply(this.factsOf(reply, opened));
    try {
      if (decision !== 'tell-standing')
        await this.unitOfWork.run((work) => this.carryOut(work, decision, reply, opened));
    } catch (error) {
      if (!(error instanceof Problem) || error.kind.status >= 500) throw error;
      await this.unitOfWork.run((work) => this.writeDown(work, reply, opened, false));
      if (error.kind.slug !== 'already-claimed')
        return { is: 'refused', reference: opened.ticket.reference, why: error.message };
    }
    if (decision === 'tell-number') return this.numberFor(opened);
    return this.standingOf(reply);
  }

  private async actOn(
    channel: IncomingReply['channel'],
    command: ReplyCommand | null,
    known: KnownCode,
    typed: string,
  ): Promise<ReplyOutcome> {
    if (command === null || known.pageId === null) return { is: 'unclear', code: typed };
    const { pageId, contactMethodId } = known;
    return this.answerPage({ pageId, contactMethodId, channel, command, code: { known, typed } });
  }

  private factsOf({ command, code }: PageReply, { page, ticket, view }: OpenedPage): Parameters<typeof decideReply>[0] {
    return {
      command,
      actions: view.actions,
      worksOnIt: ticket.claimedBy === page.responderId || page.response === 'joined',
      isSpent: code !== null && (code.known.usedAt !== null || code.known.expiresAt <= this.clock.now()),
    };
  }

  /** Does what was decided and writes it down. A code that was used meanwhile does nothing. */
  private async carryOut(work: Work, decision: ReplyDecision, reply: PageReply, opened: OpenedPage): Promise<void> {
    const binds = decision === 'claim' || decision === 'decline';
    const isLate = binds && reply.code !== null && !(await this.use(work, reply.code.known));
    const changed = !isLate && (await this.act(work, decision, opened.page));
    await this.writeDown(work, reply, opened, changed);
  }

  private async writeDown(work: Work, reply: PageReply, opened: OpenedPage, changed: boolean): Promise<void> {
    const { pageId, contactMethodId, channel, command } = reply;
    const now = this.clock.now();
    await work.query(insertReply, [newId(), pageId, null, contactMethodId, channel, command, changed, now]);
    work.record({
      type: 'page.replied',
      subject: { type: 'page', id: pageId, reference: opened.ticket.reference },
      actor: { type: 'responder', id: opened.page.responderId },
      scope: scopeOfTicket(opened.ticket),
      audience: 'desk',
      data: { id: pageId, responderId: opened.page.responderId, channel, command, changed },
    });
  }

  /** Answers whether anything changed. */
  private async act(work: Work, decision: ReplyDecision, page: Page): Promise<boolean> {
    if (decision === 'claim') await this.claims.claimByPage(work, page);
    else if (decision === 'decline') await this.declines.declineByPage(work, page, 'other', undefined);
    else if (decision === 'undo') await this.claims.undoClaimByPage(work, page);
    else return false;
    return true;
  }

  private async use(work: Work, { digest }: KnownCode): Promise<boolean> {
    return (await work.query(useCode, [digest, this.clock.now()])).length > 0;
  }

  private async standingOf({ pageId, code }: PageReply): Promise<ReplyOutcome> {
    const opened = await this.views.of(pageId);
    if (!opened) return { is: 'unknown' };
    const { page, ticket, view, holderName } = opened;
    const isOthers = ticket.state === 'claimed' && ticket.claimedBy !== page.responderId;
    const otherHolder = isOthers && page.purpose === 'claim' && page.response === null ? holderName : null;
    return { is: 'standing', view, now: inAWord(opened), otherHolder, code: code?.typed ?? null };
  }

  private async numberFor({ ticket }: OpenedPage): Promise<ReplyOutcome> {
    const provider = mayCallBack(ticket.tlp) ? await this.providers.find(ticket.providerId) : null;
    return { is: 'callback', reference: ticket.reference, number: verifiedCallback(provider?.contacts) ?? null };
  }

  private async findCode(
    channel: string,
    from: string,
    codes: readonly string[],
  ): Promise<{ known: KnownCode; typed: string } | null> {
    if (codes.length === 0) return null;
    const digests = codes.map((code) => replyCodeDigest(this.secrets, channel, from, code));
    const rows = await this.database.query<KnownCodeRow>(findCodes, [digests]);
    const found = codes.flatMap((typed, index) => {
      const known = rows.find(({ digest }) => digests[index]?.equals(digest));
      return known ? [{ known, typed }] : [];
    });
    return found[0] ?? null;
  }
}

function inAWord({ page, ticket }: OpenedPage): (ReplyOutcome & { is: 'standing' })['now'] {
  if (ticket.claimedBy === page.responderId) return 'claimed';
  return page.response === 'joined' || page.response === 'declined' ? page.response : 'over';
}
