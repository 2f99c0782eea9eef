import { ValidationPipe, type ValidationError } from '@nestjs/common';
import type { Fault } from '../problems/problem.js';
import { problems } from '../problems/problems.js';

/** Checks bodies and queries by their DTO classes: unknown fields are refused, and every fault is named at once. */
export function validationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: false,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => problems.invalidInput(faults(errors)),
  });
}

function faults(errors: ValidationError[], parent = ''): Fault[] {
  return errors.flatMap((error) => {
    const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
      pointer,
      detail: readable(rule, message, error.property),
    }));
    return [...own, ...faults(error.children ?? [], pointer)];
  });
}

/** class-validator names the property in its message; the pointer says that better. */
function readable(rule: string, message: string, property: string): string {
  if (rule === 'whitelistValidation') return 'is not a known field';
  if (rule === 'nestedValidation' || rule === 'unknownValue') return 'must be an object';
  return message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;
}
