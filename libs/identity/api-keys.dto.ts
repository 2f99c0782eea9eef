import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, IsArray, IsIn, IsISO31661Alpha2, IsOptional, IsUUID, MaxLength } from 'class-validator';
import { IsInstant, IsPlainText } from '../platform/index.js';
import { roles, type Role } from './viewer.js';

/** A credential to be made. */
export class CreateApiKeyDto {
  /** What it is for, such as "Alertmanager of the regional laboratory". */
  @IsPlainText()
  @MaxLength(200)
  name: string;

  @ApiProperty({ enum: roles })
  @IsIn(roles)
  role: Role;

  /** Who acts with it; for a responder the id from the roster. Left out: somebody new. */
  @IsOptional()
  @IsUUID()
  principalId?: string;

  /** The only provider of a provider's credential; the usual one of an integration. */
  @IsOptional()
  @IsUUID()
  providerId?: string;

  /** Jurisdiction as ISO 3166-1 codes. Left out: everywhere. */
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(60)
  @IsISO31661Alpha2({ each: true })
  countries?: string[];

  @IsOptional()
  @IsInstant()
  expiresAt?: string;
}

/** A credential, without its key. */
export class ApiKeyDto {
  id: string;
  name: string;
  /** The last characters of the key. */
  hint: string;
  @ApiProperty({ enum: roles })
  role: Role;
  principalId: string;
  @ApiProperty({ type: String, nullable: true })
  providerId: string | null;
  @ApiProperty({ type: [String], nullable: true })
  countries: string[] | null;
  createdAt: string;
  @ApiProperty({ type: String, nullable: true })
  expiresAt: string | null;
  @ApiProperty({ type: String, nullable: true })
  revokedAt: string | null;
}

/** A credential just made: the only time that its key is shown. */
export class CreatedApiKeyDto extends ApiKeyDto {
  key: string;
}

/** A page of credentials. */
export class ApiKeyPageDto {
  items: ApiKeyDto[];
  @ApiProperty({ type: String, nullable: true })
  nextCursor: string | null;
}

/** Who the credential of this request is. */
export class MeDto {
  @ApiProperty({ enum: roles })
  role: Role;
  /** The person or system that acts. */
  id: string;
  @ApiProperty({ type: String, nullable: true })
  providerId: string | null;
  @ApiProperty({ type: [String], nullable: true })
  countries: string[] | null;
}
