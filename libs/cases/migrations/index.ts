import { Cases1600000000000 } from './1600-cases.js';

export const casesMigrations = [Cases1600000000000];
