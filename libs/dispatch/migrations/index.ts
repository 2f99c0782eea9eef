import { Dispatch1700000000000 } from './1700-dispatch.js';
import { Watching1710000000000 } from './1710-watching.js';

export const dispatchMigrations = [Dispatch1700000000000, Watching1710000000000];
