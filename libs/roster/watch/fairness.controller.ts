import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AllowRoles } from '../../platform/index.js';
import { FairnessPageDto, FairnessQuery } from './fairness.dto.js';
import { Fairness } from './fairness.service.js';

@ApiTags('roster')
@ApiBearerAuth()
@Controller('v1/roster/fairness')
export class FairnessController {
  constructor(private readonly fairness: Fairness) {}

  /** What being on call asks of each, and how far that is from the mean. Everybody at the desk may read it: that is the point. */
  @Get()
  @AllowRoles('responder', 'coordinator', 'auditor', 'admin')
  report(@Query() query: FairnessQuery): Promise<FairnessPageDto> {
    return this.fairness.report(query);
  }
}
