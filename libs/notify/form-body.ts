import { isUtf8 } from 'node:buffer';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { problems } from '../platform/index.js';

const mediaType = 'application/x-www-form-urlencoded';
/** Room for the longest SMS with every character written as an escape. */
const largestBytes = 32_768;

/** A name that a form of ours, or a callback of a telephony provider, may have. */
const fieldName = /^[A-Za-z][A-Za-z0-9]{0,59}$/;

/** Where forms are taken. */
const takers = ['/v1/pages/', '/v1/callbacks/telephony/'];

/** Lets the buttons of page links be plain HTML forms, and telephony providers call back. Everywhere else the desk takes JSON only. */
@Injectable()
export class FormBodies implements OnModuleInit {
  constructor(private readonly host: HttpAdapterHost) {}

  onModuleInit(): void {
    const server = this.host.httpAdapter.getInstance<FastifyInstance>();
    server.addContentTypeParser<Buffer>(
      mediaType,
      { parseAs: 'buffer', bodyLimit: largestBytes },
      (request, body, done) => {
        const { url } = request.routeOptions;
        if (!takers.some((path) => url?.startsWith(path))) return done(problems.unsupportedMediaType());
        const fields = isUtf8(body) ? formFields(body.toString('utf8')) : null;
        return fields === null ? done(problems.badRequest('The form cannot be read.')) : done(null, fields);
      },
    );
  }
}

/** The fields of a form, each of which may be given once. Null when it is not one of ours. */
export function formFields(body: string): Record<string, string> | null {
  const fields = [...new URLSearchParams(body)];
  const names = fields.map(([name]) => name);
  const isOurs = names.every((name) => fieldName.test(name)) && new Set(names).size === names.length;
  // None of the names has a meaning for objects themselves: those have underscores or stand for functions.
  return isOurs && !names.some((name) => name in Object.prototype) ? Object.fromEntries(fields) : null;
}
