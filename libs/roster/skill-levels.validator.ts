import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsOptional, ValidateBy } from 'class-validator';
import { highestLevel, lowestLevel } from './domain/skill-levels.js';

const word = /^[a-z0-9][a-z0-9-]{0,63}$/;
const mostSkills = 50;

/** Levels by the names of skills, or nothing. Whether the skills are those that are named beside it is for the service to say. */
export function AreSkillLevels(): PropertyDecorator {
  const level = { type: 'integer', minimum: lowestLevel, maximum: highestLevel };
  return applyDecorators(
    ApiProperty({ type: 'object', additionalProperties: level, selfRequired: false }),
    IsOptional(),
    ValidateBy({
      name: 'areSkillLevels',
      validator: {
        validate: areSkillLevels,
        defaultMessage: () =>
          `must give skills a whole number from ${lowestLevel} to ${highestLevel}, at most ${mostSkills} of them`,
      },
    }),
  );
}

function areSkillLevels(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const levels = Object.entries(value);
  return levels.length <= mostSkills && levels.every(([skill, level]) => word.test(skill) && isLevel(level));
}

function isLevel(level: unknown): boolean {
  return Number.isInteger(level) && Number(level) >= lowestLevel && Number(level) <= highestLevel;
}
