import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiTags } from '@nestjs/swagger';
import { DeliveryDto } from '../dispatch/index.js';
import { Caller, type Viewer } from '../identity/index.js';
import { AllowRoles, etag, IfMatch, type Reply } from '../platform/index.js';
import {
  ContactMethodDto,
  ContactMethodPageDto,
  CreateContactMethodDto,
  CreatedContactMethodDto,
  VerifyContactMethodDto,
} from './contact-method.dto.js';
import { ContactMethods, presentContactMethod } from './contact-methods.service.js';
import { ContactVerification } from './contact-verification.service.js';
import { NotificationRuleDto } from './notification-rule.dto.js';
import { NotificationRules } from './notification-rules.service.js';
import { OwnedByResponder } from './owned-by-responder.service.js';

const owners = ['coordinator', 'admin', 'responder'];

@ApiTags('notification')
@ApiBearerAuth()
@AllowRoles(...owners)
@Controller('v1/responders/:id')
export class ContactMethodsController {
  constructor(
    private readonly methods: ContactMethods,
    private readonly verification: ContactVerification,
    private readonly rules: NotificationRules,
    private readonly owned: OwnedByResponder,
  ) {}

  /** The ways to reach a responder, in their order. */
  @Get('contact-methods')
  async list(@Caller() viewer: Viewer, @Param('id') id: string): Promise<ContactMethodPageDto> {
    return { items: await this.methods.list(viewer, id), nextCursor: null };
  }

  /** Adds a way to reach a responder, and sends it the code by which it is verified. */
  @Post('contact-methods')
  create(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() body: CreateContactMethodDto,
  ): Promise<CreatedContactMethodDto> {
    return this.methods.create(viewer, id, body);
  }

  /** Verifies it by the code: from now on pages are sent by it. */
  @Post('contact-methods/:method/verify')
  @HttpCode(200)
  async verify(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Param('method') methodId: string,
    @Body() { code }: VerifyContactMethodDto,
  ): Promise<ContactMethodDto> {
    const method = await this.find(viewer, id, methodId);
    return presentContactMethod(await this.verification.verify(viewer, method, code));
  }

  /** Sends a new code in place of the one before, at most every 30 s. */
  @Post('contact-methods/:method/code')
  @HttpCode(200)
  async code(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Param('method') methodId: string,
  ): Promise<DeliveryDto> {
    return this.verification.sendCode(await this.find(viewer, id, methodId));
  }

  /** Sends a test message and answers what came of it. */
  @Post('contact-methods/:method/test')
  @HttpCode(200)
  async test(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Param('method') methodId: string,
  ): Promise<DeliveryDto> {
    return this.verification.sendTest(await this.find(viewer, id, methodId));
  }

  /** Removes it, and the rules that name it. */
  @Delete('contact-methods/:method')
  @HttpCode(204)
  remove(@Caller() viewer: Viewer, @Param('id') id: string, @Param('method') methodId: string): Promise<void> {
    return this.methods.remove(viewer, id, methodId);
  }

  /** By which methods a responder wants to be reached, and when. Without rules the desk's default holds. */
  @Get('notification-rules')
  async rulesOf(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<NotificationRuleDto[]> {
    const { rules, version } = await this.rules.of(viewer, id);
    void reply.header('etag', etag(version));
    return rules;
  }

  /** Puts new rules in place of the old ones; an empty list brings the desk's default back. */
  @Put('notification-rules')
  @ApiBody({ type: NotificationRuleDto, isArray: true })
  async replaceRules(
    @Caller() viewer: Viewer,
    @Param('id') id: string,
    @Body() body: unknown,
    @IfMatch() expected: number | undefined,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<NotificationRuleDto[]> {
    const { rules, version } = await this.rules.replace(viewer, id, body, expected);
    void reply.header('etag', etag(version));
    return rules;
  }

  private async find(viewer: Viewer, responderId: string, methodId: string) {
    await this.owned.require(viewer, responderId);
    return this.verification.find(responderId, methodId);
  }
}
