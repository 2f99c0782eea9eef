import { Global, Module } from '@nestjs/common';
import { ClockPauses } from './clock-pauses.service.js';
import { ClockReader } from './clock-reader.service.js';
import { ClocksController } from './clocks.controller.js';
import { ServiceClocks } from './service-clocks.service.js';

/** Service clocks: policies, arithmetic, warnings and breaches. */
@Global()
@Module({
  controllers: [ClocksController],
  providers: [ServiceClocks, ClockReader, ClockPauses],
  exports: [ServiceClocks, ClockReader],
})
export class ClocksModule {}
