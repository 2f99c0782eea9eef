/** The value below which this share of the sample lies; NaN of an empty sample. */
export function percentile(sample: readonly number[], share: number): number {
  const sorted = [...sample].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
}

/** The value in the middle. */
export function median(sample: readonly number[]): number {
  return percentile(sample, 0.5);
}

/** `p50 3.1 ms, p99 9.8 ms` */
export function describe(sampleMs: readonly number[]): string {
  return `p50 ${percentile(sampleMs, 0.5).toFixed(1)} ms, p99 ${percentile(sampleMs, 0.99).toFixed(1)} ms`;
}
