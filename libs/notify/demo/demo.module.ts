import { Global, Module, type DynamicModule } from '@nestjs/common';
import { Clock } from '../../platform/index.js';
import { DEMO_DESK, DemoDesk } from './demo-desk.js';
import { DemoMessagesController } from './demo-messages.controller.js';
import { DemoMessages } from './demo-messages.service.js';

/**
 * Demo inbox and demo phones for a desk without real ones. Both take messages before the channels are made, since the
 * channels wait for this provider.
 */
@Global()
@Module({})
export class DemoModule {
  static forRoot(): DynamicModule {
    return {
      module: DemoModule,
      controllers: [DemoMessagesController],
      providers: [
        DemoMessages,
        {
          provide: DEMO_DESK,
          inject: [DemoMessages, Clock],
          useFactory: (messages: DemoMessages, clock: Clock) => DemoDesk.start(messages, clock),
        },
      ],
      exports: [DEMO_DESK],
    };
  }
}
