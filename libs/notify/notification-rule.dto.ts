import { ApiProperty } from '@nestjs/swagger';

const levels = ['SEV1', 'SEV2', 'SEV3', 'SEV4'] as const;

/** A wish of the responder: for these severities, this method, so long after the page was owed. */
export class NotificationRuleDto {
  @ApiProperty({ enum: levels, isArray: true })
  severity: (typeof levels)[number][];

  /** One of the responder's own, named once for each severity. Until it is verified the rule rests. */
  contactMethodId: string;

  /** ISO 8601 duration, PT0S to PT1H. */
  @ApiProperty({ default: 'PT0S' })
  after: string;
}
