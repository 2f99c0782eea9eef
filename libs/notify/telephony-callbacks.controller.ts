import { Controller, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import { BaseAddress, problems, Public, type CallerRequest, type Reply } from '../platform/index.js';
import { isSignedCallback } from './channels/telephony-signature.js';
import { CHANNELS_CONFIG, type ChannelsConfig } from './channels-config.js';
import { notifyProblems } from './problems.js';
import { TelephonyCallbacks, type CallbackFields } from './telephony-callbacks.service.js';

const form = 'application/x-www-form-urlencoded';
const xml = 'text/xml';
const fields = { schema: { type: 'object', additionalProperties: { type: 'string' } } } as const;

/** What the providers of SMS and voice call the desk about. Their signature is their credential. */
@ApiTags('callbacks')
@ApiHeader({ name: 'X-Twilio-Signature', description: 'HMAC-SHA1 with the account’s token', required: false })
@Public()
@Controller('v1/callbacks/telephony/:provider')
export class TelephonyCallbacksController {
  constructor(
    private readonly callbacks: TelephonyCallbacks,
    private readonly base: BaseAddress,
    @Inject(CHANNELS_CONFIG) private readonly config: ChannelsConfig,
  ) {}

  /** An SMS that came in: a reply to a page. Answered by an SMS (TwiML). */
  @Post('sms')
  @ApiConsumes(form)
  @ApiBody(fields)
  @HttpCode(200)
  @ApiProduces(xml)
  @ApiOkResponse({ schema: { type: 'string' } })
  async sms(
    @Param('provider') provider: string,
    @Req() request: CallerRequest,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<string> {
    const fields = this.signedFields(provider, request);
    void reply.header('content-type', `${xml}; charset=utf-8`);
    return this.callbacks.sms(fields);
  }

  /** A key that was pressed during a call: 1 claims, 2 declines, 3 tells the number to call. Answered by what is said (TwiML). */
  @Post('voice')
  @ApiConsumes(form)
  @ApiBody(fields)
  @HttpCode(200)
  @ApiProduces(xml)
  @ApiOkResponse({ schema: { type: 'string' } })
  async voice(
    @Param('provider') provider: string,
    @Req() request: CallerRequest,
    @Res({ passthrough: true }) reply: Reply,
  ): Promise<string> {
    const fields = this.signedFields(provider, request);
    void reply.header('content-type', `${xml}; charset=utf-8`);
    return this.callbacks.key(deliveryOf(request), fields, this.addressOf(request));
  }

  /** How far a message or a call has come. Receipts may come twice and in any order. */
  @Post('status')
  @ApiConsumes(form)
  @ApiBody(fields)
  @HttpCode(204)
  async status(@Param('provider') provider: string, @Req() request: CallerRequest): Promise<void> {
    await this.callbacks.status(deliveryOf(request), this.signedFields(provider, request));
  }

  /** The fields of the form. Throws 404 for a provider that there is none of, and 403 when it did not sign them. */
  private signedFields(provider: string, request: CallerRequest): CallbackFields {
    const known = this.config.telephony.find(({ id }) => id === provider);
    if (!known) throw problems.notFound('provider');
    const fields = (request.body ?? {}) as CallbackFields;
    const signature = request.headers['x-twilio-signature'];
    const given = Array.isArray(signature) ? undefined : signature;
    if (!isSignedCallback(this.addressOf(request), fields, given, known.token))
      throw notifyProblems.callbackNotSigned();
    return fields;
  }

  /** The address as the provider called it. */
  private addressOf({ url }: CallerRequest): string {
    return this.base.url + url;
  }
}

function deliveryOf(request: CallerRequest): string {
  const { delivery } = request.query as Record<string, unknown>;
  return typeof delivery === 'string' ? delivery : '';
}
