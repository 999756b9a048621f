import fc from 'fast-check';
import { BitSet } from '../../src/lib/bit-set';

describe('a bit set', () => {
  const members = fc.uniqueArray(fc.nat(300), { maxLength: 60 });
  const setOf = (numbers: readonly number[]) => {
    const set = new BitSet();
    for (const number of numbers) set.add(number);
    return set;
  };
  const ascending = (numbers: Iterable<number>) => [...numbers].sort((a, b) => a - b);

  it('does what a Set does', () => {
    fc.assert(
      fc.property(members, members, fc.nat(300), (a, b, other) => {
        const [left, right] = [new Set(a), new Set(b)];
        expect([...setOf(a)]).toEqual(ascending(left));
        expect(setOf(a).count()).toBe(left.size);
        expect(setOf(a).has(other)).toBe(left.has(other));
        expect([...setOf(a).intersect(setOf(b))]).toEqual(ascending(left).filter((n) => right.has(n)));
        expect([...setOf(a).subtract(setOf(b))]).toEqual(ascending(left).filter((n) => !right.has(n)));
        expect([...setOf(a).unite(setOf(b))]).toEqual(ascending(new Set([...a, ...b])));
        expect(setOf(a).countShared(setOf(b))).toBe(a.filter((n) => right.has(n)).length);
        const without = setOf(a);
        without.delete(other);
        left.delete(other);
        expect([...without]).toEqual(ascending(left));
      }),
    );
  });

  it('can be full, and its clone is its own', () => {
    for (const size of [0, 1, 31, 32, 33, 64, 100]) {
      const full = BitSet.full(size);
      expect([full.count(), full.has(size), size === 0 || full.has(size - 1)]).toEqual([size, false, true]);
      full.clone().delete(0);
      expect(full.count()).toBe(size);
    }
  });
});
