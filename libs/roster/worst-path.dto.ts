import { ApiProperty } from '@nestjs/swagger';

/** A step of a policy when everything goes wrong that can. */
export class WorstStepDto {
  /** Counted from 1. */
  step: number;
  /** How long after the beginning it is taken at the latest, when nobody answers: an ISO 8601 duration. */
  after: string;
  /** How many people it reaches at the worst moment. */
  reached: number;
  /** Where it may come to nobody, and why. */
  weaknesses: string[];
}

/** Who is reached in the end, when nobody has answered. They are paged over and over. */
export class LastResortDto {
  /** The coordinators; where none of them can be relied on, those whom the policy names. */
  @ApiProperty({ enum: ['coordinators', 'targets'] })
  kind: 'coordinators' | 'targets';
  /** Those of them who can be reached now; of more than 50, the first. */
  responderIds: string[];
  /** After how long at most: an ISO 8601 duration. */
  after: string;
}

/** What a policy comes to when everything goes wrong that can: nobody answers, the fewest are on call, a provider is down. */
export class WorstPathDto {
  steps: WorstStepDto[];
  /** Null: nobody. The policy could end in silence. */
  @ApiProperty({ type: LastResortDto, nullable: true })
  lastResort: LastResortDto | null;
  /** Why it could end in silence; empty when it could not. */
  silences: string[];
}
