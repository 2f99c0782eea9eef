/** A head of the chain as it was written down outside the database. */
export interface Anchor {
  number: number;
  /** In hexadecimal. */
  hash: string;
}

/**
 * Anchors spread evenly over all that were ever written down, so that a long history needs no more memory than a short
 * one. A chain that was made anew disagrees with every anchor between the forgery and its making: any of them tells.
 */
export class AnchorSample {
  private kept: Anchor[] = [];
  private stride = 1;
  private count = 0;
  private highest: Anchor | undefined;

  /** Keeps at most `most` anchors, and the highest besides. */
  constructor(private readonly most: number) {}

  /** Takes the next anchor, in the order in which they were written. */
  add(anchor: Anchor): void {
    if (this.count % this.stride === 0) this.kept.push(anchor);
    this.count += 1;
    if (!this.highest || anchor.number > this.highest.number) this.highest = anchor;
    if (this.kept.length <= this.most) return;
    this.kept = this.kept.filter((_, index) => index % 2 === 0);
    this.stride *= 2;
  }

  /** What is kept, in the order in which it was written, and the highest of all. */
  get anchors(): Anchor[] {
    return this.highest && !this.kept.includes(this.highest) ? [...this.kept, this.highest] : this.kept;
  }
}
