export { providersMigrations } from './migrations/index.js';
export { Provider, type ProviderContact } from './provider.entity.js';
export { ProvidersModule } from './providers.module.js';
export { Providers } from './providers.service.js';
