import { Module } from '@nestjs/common';
import { DemoDesk } from './demo-desk.js';

/** Fills a new embedded desk with people to try it with. */
@Module({ providers: [DemoDesk] })
export class DemoDeskModule {}
