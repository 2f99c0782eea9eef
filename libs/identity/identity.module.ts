import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ApiKey } from './api-key.entity.js';
import { ApiKeys } from './api-keys.service.js';
import { Authentication } from './authentication.service.js';
import { AuthenticationGuard } from './authentication.guard.js';
import { IdentityController } from './identity.controller.js';

/** Credentials and roles. Its guard stands before every handler. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([ApiKey])],
  controllers: [IdentityController],
  providers: [ApiKeys, Authentication, { provide: APP_GUARD, useClass: AuthenticationGuard }],
  exports: [ApiKeys, Authentication],
})
export class IdentityModule {}
