import { Clocks1500000000000 } from './1500-clocks.js';

export const clocksMigrations = [Clocks1500000000000];
