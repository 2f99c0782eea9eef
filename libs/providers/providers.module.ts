import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Provider } from './provider.entity.js';
import { ProvidersController } from './providers.controller.js';
import { Providers } from './providers.service.js';

/** Hospitals and other healthcare providers. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Provider])],
  controllers: [ProvidersController],
  providers: [Providers],
  exports: [Providers],
})
export class ProvidersModule {}
