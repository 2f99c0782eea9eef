import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/** Numbers that cost whoever calls them: a contact method must not be a way to make the desk pay. */
const chargedTypes: readonly (string | undefined)[] = ['PREMIUM_RATE', 'SHARED_COST'];

/**
 * What is wrong with a telephone number, as the end of a sentence that begins with "The address"; null: nothing. Only the form of
 * E.164 is taken (`+40721000000`): a national number means something else in every country.
 */
export function phoneNumberFault(text: string): string | null {
  if (!/^\+[1-9]\d{5,14}$/.test(text)) return 'must be a telephone number in E.164 form, such as +40721000000';
  const number = parsePhoneNumberFromString(text);
  if (!number?.isPossible()) return 'is no number of any country: its country code or its length does not exist';
  return chargedTypes.includes(number.getType()) ? 'must not be a number for whose calls the caller is charged' : null;
}
