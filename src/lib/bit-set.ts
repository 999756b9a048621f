/**
 * A set of small non-negative integers, 32 to a word. Binary operations treat a shorter set as padded with zeros,
 * so that sets made before the universe grew stay valid.
 */
export class BitSet {
  private words: Uint32Array;

  constructor(words: Uint32Array = new Uint32Array(0)) {
    this.words = words;
  }

  /** The set {0, …, size − 1}. */
  static full(size: number): BitSet {
    const words = new Uint32Array((size + 31) >>> 5).fill(0xffffffff);
    if (size & 31) words[words.length - 1] = 0xffffffff >>> (32 - (size & 31));
    return new BitSet(words);
  }

  clone(): BitSet {
    return new BitSet(this.words.slice());
  }

  has(member: number): boolean {
    return (((this.words[member >>> 5] ?? 0) >>> (member & 31)) & 1) === 1;
  }

  add(member: number): void {
    const word = member >>> 5;
    if (word >= this.words.length) {
      const grown = new Uint32Array(Math.max(word + 1, this.words.length + (this.words.length >>> 1)));
      grown.set(this.words);
      this.words = grown;
    }
    this.words[word] = (this.words[word] ?? 0) | (1 << (member & 31));
  }

  delete(member: number): void {
    const word = member >>> 5;
    if (word < this.words.length) this.words[word] = (this.words[word] ?? 0) & ~(1 << (member & 31));
  }

  /** Keeps only what `other` has too; changes this set. */
  intersect(other: BitSet): this {
    for (let i = 0; i < this.words.length; i++) this.words[i] = (this.words[i] ?? 0) & (other.words[i] ?? 0);
    return this;
  }

  /** Removes what `other` has; changes this set. */
  subtract(other: BitSet): this {
    const length = Math.min(this.words.length, other.words.length);
    for (let i = 0; i < length; i++) this.words[i] = (this.words[i] ?? 0) & ~(other.words[i] ?? 0);
    return this;
  }

  /** Adds what `other` has; changes this set. */
  unite(other: BitSet): this {
    if (other.words.length > this.words.length) {
      const grown = new Uint32Array(other.words.length);
      grown.set(this.words);
      this.words = grown;
    }
    for (let i = 0; i < other.words.length; i++) this.words[i] = (this.words[i] ?? 0) | (other.words[i] ?? 0);
    return this;
  }

  /** How many members there are. */
  count(): number {
    let total = 0;
    for (let i = 0; i < this.words.length; i++) total += ones(this.words[i] ?? 0);
    return total;
  }

  /** How many members this set and `other` share, without making their intersection. */
  countShared(other: BitSet): number {
    const length = Math.min(this.words.length, other.words.length);
    let total = 0;
    for (let i = 0; i < length; i++) total += ones((this.words[i] ?? 0) & (other.words[i] ?? 0));
    return total;
  }

  /** The members in ascending order. */
  *[Symbol.iterator](): Generator<number> {
    for (let i = 0; i < this.words.length; i++) {
      let word = this.words[i] ?? 0;
      while (word !== 0) {
        const lowest = word & -word;
        yield (i << 5) + (31 - Math.clz32(lowest));
        word ^= lowest;
      }
    }
  }
}

/** Population count of a 32-bit word, by the parallel method. */
function ones(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
