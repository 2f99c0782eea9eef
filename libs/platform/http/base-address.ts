/** The address under which people and programs reach this desk, as links carry it. */
export class BaseAddress {
  private listening = 'http://localhost:3000';

  constructor(private readonly configured: string | undefined) {}

  /** Takes over where the process really listens. */
  listensAt(url: string): void {
    this.listening = url;
  }

  get url(): string {
    return this.configured ?? this.listening;
  }
}
