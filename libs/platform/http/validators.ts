import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ValidateBy, buildMessage, type ValidationOptions } from 'class-validator';
import { parseInstant } from './instant.js';

/** A moment as RFC 3339 with an offset, in the years 2000 to 2099. A time without an offset is refused: nobody knows when it was. */
export function IsInstant(options?: ValidationOptions): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: String, format: 'date-time' }),
    ValidateBy(
      {
        name: 'isInstant',
        validator: {
          validate: (value): boolean => typeof value === 'string' && parseInstant(value) !== null,
          defaultMessage: buildMessage(
            (each) =>
              `${each}must be a time as RFC 3339 with an offset, such as 2026-02-11T02:05:00Z, from 2000 to 2099`,
          ),
        },
      },
      options,
    ),
  );
}

/** A text that says something: not only white space, and without control characters but for line breaks and tabs. */
export function IsPlainText(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isPlainText',
      validator: {
        validate: (value): boolean =>
          typeof value === 'string' && value.trim() !== '' && !controlCharacters.test(value),
        defaultMessage: buildMessage((each) => `${each}must be text that is not empty, without control characters`),
      },
    },
    options,
  );
}

// Control characters but for tab, line feed and carriage return, and the overrides of writing direction that can disguise a text.

const controlCharacters = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/;

/** A query parameter that may be repeated: always a list, of at most 50 values. */
export function Repeatable(): PropertyDecorator {
  return Transform(({ value }: { value: unknown }) => (value === undefined ? undefined : [value].flat()));
}
