import { Dispatch1700000000000 } from './1700-dispatch.js';
import { Storms1720000000000 } from './1720-storms.js';

export const dispatchMigrations = [Dispatch1700000000000, Storms1720000000000];
