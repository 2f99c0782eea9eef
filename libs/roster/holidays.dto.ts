import { Type } from 'class-transformer';
import { IsInt, Matches, Max, Min } from 'class-validator';

/** Where, and when. */
export class HolidaysQuery {
  /** ISO 3166 code of a country, or of a part of one: RO, DE-BY. */
  @Matches(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, { message: 'must be an ISO 3166 code in capitals, such as RO or DE-BY' })
  calendar: string;

  @Type(() => Number)
  @IsInt()
  @Min(2000)
  @Max(2099)
  year: number;
}

/** A public holiday: a whole day on the wall. */
export class HolidayDto {
  /** YYYY-MM-DD */
  date: string;
  /** In the language of the place. */
  name: string;
}

/** Public holidays of a year, in order. */
export class HolidaysDto {
  items: HolidayDto[];
}
