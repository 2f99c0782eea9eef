/** What a process says of itself and of what it depends on. */
export class HealthDto {
  status: 'ok';
  database?: 'ok';
  queue?: 'ok' | 'away' | 'not-used';
}
