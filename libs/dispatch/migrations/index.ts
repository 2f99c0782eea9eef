import { Dispatch1700000000000 } from './1700-dispatch.js';
import { Watching1710000000000 } from './1710-watching.js';
import { Storms1720000000000 } from './1720-storms.js';

export const dispatchMigrations = [Dispatch1700000000000, Watching1710000000000, Storms1720000000000];
