import { ApiProperty } from '@nestjs/swagger';

/** Something that a person was told about the roster or about themselves. */
export class PersonalNoticeDto {
  id: string;
  responderId: string;
  /** What it is about: a word with hyphens. */
  kind: string;
  subject: string;
  text: string;
  createdAt: string;
}

/** A page of notices, the newest first. */
export class PersonalNoticePageDto {
  items: PersonalNoticeDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}
