// When a server that ended by itself is started again.

/** Milliseconds until it is started again: at once the first time, then later and later. */
const WAITS = [0, 1000, 2000, 4000];

/** Milliseconds after which a crash no longer counts. */
const MEMORY = 3 * 60 * 1000;

/** The crashes of late. */
export class Crashes {
  /** How many of them are too many. */
  static readonly LIMIT = WAITS.length + 1;

  private times: number[] = [];

  /**
   * Counts a crash.
   *
   * @param now milliseconds since whenever
   * @returns the milliseconds to wait before the next start; nothing: there have been too many, it is not worth another one
   */
  count(now: number): number | undefined {
    this.times = [...this.times.filter((it) => now - it < MEMORY), now];
    return WAITS[this.times.length - 1];
  }

  /** Somebody starts it by hand, and may have mended what was wrong. */
  forget(): void {
    this.times = [];
  }
}
