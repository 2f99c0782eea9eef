import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsOptional, MaxLength } from 'class-validator';
import { IsPlainText } from '../platform/index.js';
import { SERVICE_STATUSES } from './domain/severity-conditions.js';
import { PHASES, type Phase } from './domain/incident-phase.js';
import { TLP_LABELS, type Tlp } from './domain/ticket.js';

/** A move to another phase. */
export class MovePhaseDto {
  @ApiProperty({ enum: PHASES })
  @IsIn(PHASES)
  to: Phase;

  /** Needed to skip a phase or to go back. */
  @IsOptional()
  @IsPlainText()
  @MaxLength(5_000)
  note?: string;
}

/** Whether a service works. */
export class ServiceStatusInputDto {
  @ApiProperty({ enum: SERVICE_STATUSES })
  @IsIn(SERVICE_STATUSES)
  status: (typeof SERVICE_STATUSES)[number];
}

/** Something to be remembered about the incident. */
export class NoteDto {
  @IsPlainText()
  @MaxLength(20_000)
  text: string;
}

/** What was learned. */
export class PublishReviewDto {
  @IsPlainText()
  @MaxLength(2_000)
  summary: string;

  @IsOptional()
  @IsPlainText()
  @MaxLength(100_000)
  text?: string;
}

/** A published review. */
export class ReviewDto {
  summary: string;
  @ApiProperty({ type: String, nullable: true })
  text: string | null;
  publishedBy: string;
  publishedAt: string;
}

/** A service of the provider during the incident. */
export class IncidentServiceDto {
  service: string;
  @ApiProperty({ enum: SERVICE_STATUSES })
  status: (typeof SERVICE_STATUSES)[number];
  @ApiProperty({ type: String, nullable: true })
  downSince: string | null;
  @ApiProperty({ type: String, nullable: true })
  restoredAt: string | null;
}

/** A ticket of the incident. */
export class IncidentTicketDto {
  id: string;
  reference: string;
  state: string;
}

/** How many of the services that were hit work again: the incident's headline. */
export class RestorationDto {
  restored: number;
  affected: number;
}

/** The security incident at a provider that tickets belong to. */
export class IncidentDto {
  id: string;
  reference: string;
  @ApiProperty({ enum: PHASES })
  phase: Phase;
  providerId: string;
  country: string;
  @ApiProperty({ enum: TLP_LABELS })
  tlp: Tlp;
  exercise: boolean;
  openedAt: string;
  @ApiProperty({ type: String, nullable: true })
  containedAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  recoveredAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  closedAt: string | null;
  restoration: RestorationDto;
  services: IncidentServiceDto[];
  tickets: IncidentTicketDto[];
  @ApiProperty({ type: ReviewDto, nullable: true })
  review: ReviewDto | null;
  version: number;
}

/** A note that was kept. */
export class KeptNoteDto {
  id: string;
  text: string;
  at: string;
}
