/** Injection tokens of what is made before the modules are: configuration, connections, the logger. */
export const ENVIRONMENT = Symbol('Environment');
export const DATABASE_URL = Symbol('DatabaseUrl');
export const LOGGER = Symbol('Logger');
