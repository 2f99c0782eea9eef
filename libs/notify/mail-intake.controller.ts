import { Controller, HttpCode, Post, Req } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { ApiBearerAuth, ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import { Caller, type Viewer } from '../identity/index.js';
import { AllowRoles, problems, type CallerRequest } from '../platform/index.js';
import { largestMailBytes } from './inbound-mail.js';
import { mailMediaType } from './mail-body.js';
import { MailOutcomeDto } from './mail-intake.dto.js';
import { MailIntake } from './mail-intake.service.js';

@ApiTags('intake')
@ApiBearerAuth()
@Controller('v1/intake/email')
export class MailIntakeController {
  constructor(private readonly intake: MailIntake) {}

  /**
   * A mail to the desk's mailbox, as the mail server hands it over. A reply with a page's code claims or declines; one with a ticket's
   * reference in its subject joins the ticket; a bounce marks its message as not delivered. Of attachments only the names are kept.
   */
  @Post()
  @HttpCode(200)
  @AllowRoles('integration')
  @RouteConfig({ bodyLimitBytes: largestMailBytes })
  @ApiConsumes(mailMediaType)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  take(@Caller() viewer: Viewer, @Req() { body }: CallerRequest): Promise<MailOutcomeDto> {
    if (!Buffer.isBuffer(body)) throw problems.unsupportedMediaType(mailMediaType);
    return this.intake.take(viewer, body);
  }
}
