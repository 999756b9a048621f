import fc from 'fast-check';
import { decodeCursor, encodeCursor } from '../../src/lib/cursor';

describe('a cursor', () => {
  const cursors = fc.record({
    list: fc.stringMatching(/^[0-9a-z]{1,7}$/),
    revision: fc.nat(),
    key: fc.stringMatching(/^[0-9A-Z]{1,33}$/),
  });

  it('is read as it was written', () => {
    fc.assert(fc.property(cursors, (cursor) => expect(decodeCursor(encodeCursor(cursor))).toEqual(cursor)));
  });

  it('is not read if it was changed, cut or made up', () => {
    fc.assert(
      fc.property(cursors, fc.nat(), fc.constantFrom(...'ABCXYZabcxyz019-_'), (cursor, n, character) => {
        const text = encodeCursor(cursor);
        const at = n % text.length;
        const changed = text.slice(0, at) + character + text.slice(at + 1);
        const read = decodeCursor(changed);
        // The last character of base64 may hold bits that mean nothing.
        expect(read === null || at === text.length - 1 || changed === text).toBe(true);
        expect(decodeCursor(text.slice(0, at))).toBeNull();
      }),
    );
    fc.assert(fc.property(fc.string(), (text) => expect(decodeCursor(text)).toBeNull()));
  });
});
