import { ApiProperty, PartialType } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsUUID, MaxLength } from 'class-validator';
import { IsPlainText } from '../platform/index.js';

/** People who are paged together. */
export class TeamInputDto {
  @IsPlainText()
  @MaxLength(200)
  name: string;

  @IsArray()
  @ArrayMaxSize(200)
  @ArrayUnique()
  @IsUUID('all', { each: true })
  members: string[];
}

/** What is to change; what is left out stays. */
export class UpdateTeamDto extends PartialType(TeamInputDto, { skipNullProperties: false }) {}

/** A team. */
export class TeamDto extends TeamInputDto {
  id: string;
  version: number;
}

/** A page of teams. */
export class TeamPageDto {
  items: TeamDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
