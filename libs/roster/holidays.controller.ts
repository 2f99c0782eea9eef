import { Controller, Get, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { AllowRoles, problems } from '../platform/index.js';
import { HolidaysDto, HolidaysQuery } from './holidays.dto.js';
import { isHolidayCalendar, publicHolidays } from './public-holidays.js';

@ApiTags('roster')
@ApiBearerAuth()
@Controller('v1/holidays')
export class HolidaysController {
  /** The public holidays by which restrictions go, in a year and a place. */
  @Get()
  @AllowRoles('responder', 'coordinator', 'auditor', 'admin')
  list(@Query() { calendar, year }: HolidaysQuery): HolidaysDto {
    if (!isHolidayCalendar(calendar))
      throw problems.invalidInput([{ pointer: '/calendar', detail: 'is no place whose holidays are known' }]);
    return { items: publicHolidays(calendar, year) };
  }
}
