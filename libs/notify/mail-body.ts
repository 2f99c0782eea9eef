import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { problems } from '../platform/index.js';
import { largestMailBytes } from './inbound-mail.js';

export const mailMediaType = 'message/rfc822';

/** Lets mail be handed over as it is, to the address for it. Everywhere else it is no body. */
@Injectable()
export class MailBodies implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.addContentTypeParser<Buffer>(
      mailMediaType,
      { parseAs: 'buffer', bodyLimit: largestMailBytes },
      (request, body, done) => {
        if (request.routeOptions.url !== '/v1/intake/email') return done(problems.unsupportedMediaType());
        done(null, body);
      },
    );
  }
}
