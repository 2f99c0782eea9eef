export { followUp, type ChangedClock } from './clock-changes.js';
export { ClockDto, ClockPageDto } from './clock.dto.js';
export { ClockReader } from './clock-reader.service.js';
export { insertClocksSql, type ClockCase, type ClockRow, type ClockSubject } from './clock-row.js';
export { ClocksModule } from './clocks.module.js';
export { clocksMigrations } from './migrations/index.js';
export { presentClock } from './present-clock.js';
export { ServiceClocks, type ClockFact } from './service-clocks.service.js';
