import type { UpdateProviderDto } from './provider.dto.js';
import type { Provider, ProviderContact } from './provider.entity.js';

/** What somebody may write about a provider. */
export type ProviderFacts = Omit<Provider, 'id' | 'createdAt' | 'version'>;

/** What is so of a provider about which nobody has said anything else. */
export const whenNothingIsSaid = {
  region: null,
  languages: [],
  contacts: [],
  products: [],
} satisfies Partial<ProviderFacts>;

/**
 * What the input says, as it is kept: only what is given, country codes in capitals, and null as what is so when nothing
 * is said. The input has passed the checks of its class.
 */
export function providerFacts(input: UpdateProviderDto): Partial<ProviderFacts> {
  const given = Object.entries(input).filter(([, value]) => value !== undefined);
  const facts: Partial<ProviderFacts> = {
    ...Object.fromEntries(given.filter(([, value]) => value !== null)),
    ...Object.fromEntries(given.filter(([, value]) => value === null).map(([name]) => [name, defaultOf(name)])),
  };
  if (facts.country !== undefined) facts.country = facts.country.toUpperCase();
  if (facts.contacts !== undefined) facts.contacts = facts.contacts.map(withoutNull);
  return facts;
}

function defaultOf(name: string): unknown {
  return Object.entries(whenNothingIsSaid).find(([known]) => known === name)?.[1];
}

function withoutNull(contact: ProviderContact): ProviderContact {
  const said = Object.entries(contact).filter(([, value]) => value !== null && value !== undefined);
  return { name: contact.name, ...Object.fromEntries(said) };
}
