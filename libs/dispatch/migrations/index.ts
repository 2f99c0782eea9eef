import { Dispatch1700000000000 } from './1700-dispatch.js';

export const dispatchMigrations = [Dispatch1700000000000];
