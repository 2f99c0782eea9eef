import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiBearerAuth, ApiTags } from '@nestjs/swagger';
import { Caller, type Viewer } from '../identity/index.js';
import { AllowRoles } from '../platform/index.js';
import { AlertmanagerAnswerDto, AlertmanagerNotificationDto } from './alertmanager.dto.js';
import { AlertmanagerIntake } from './alertmanager.service.js';

@ApiTags('intake')
@ApiBearerAuth()
@Controller('v1/intake/alertmanager')
export class AlertmanagerController {
  constructor(private readonly alerts: AlertmanagerIntake) {}

  /**
   * Prometheus Alertmanager's webhook as it comes. The provider is the label `provider` (an id), or the credential's own.
   * Repeats join the ticket that they opened; what resolved is told to it.
   */
  @Post()
  @HttpCode(200)
  @AllowRoles('integration')
  take(@Caller() viewer: Viewer, @Body() body: AlertmanagerNotificationDto): Promise<AlertmanagerAnswerDto> {
    return this.alerts.take(viewer, body);
  }
}
