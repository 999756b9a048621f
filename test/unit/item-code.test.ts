import fc from 'fast-check';
import { creditCheckCharacter, creditCodeFault, parseItemCode } from '../../src/catalog/item-code';

describe('the codec of item codes', () => {
  const credit = '113501000036049501';

  it('reads the parts of a real code', () => {
    expect(parseItemCode(`${credit}300010914100Y01`)).toEqual({
      creditCode: credit,
      level: '3',
      region: '00',
      kind: '01',
      matter: '09141',
      subMatter: '00Y',
      serial: '01',
    });
    expect(parseItemCode(`${credit}300010914100Y`)).toMatchObject({ serial: null });
  });

  it('accepts the check characters of credit codes (GB 32100)', () => {
    expect(creditCodeFault(credit)).toBeNull();
    expect(creditCodeFault('91350100M000100Y44')).toMatch(/check character/);
  });

  it.each([
    ['length', `${credit}30001091410`, /has 29 characters/],
    ['creditCode', `113501000036049502300010914100Y`, /check character is "1"/],
    ['creditCode', `I13501000036049501300010914100Y`, /"I", which is not in its alphabet/],
    ['level', `${credit}700010914100Y`, /is "7"/],
    ['region', `${credit}3A0010914100Y`, /is "A0", wanted two digits/],
    ['kind', `${credit}300110914100Y`, /is "11"/],
    ['matter', `${credit}30001091X100Y`, /wanted five digits/],
    ['subMatter', `${credit}300010914100y`, /wanted three digits or capital letters/],
    ['serial', `${credit}300010914100Y00`, /wanted two digits from 01/],
  ])('says that the %s is wrong', (part, code, reason) => {
    expect(parseItemCode(code)).toEqual({ part, reason: expect.stringMatching(reason) });
  });

  it('finds any one wrong character, and any two neighbours swapped, in a credit code', () => {
    const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
    const first17 = fc
      .array(fc.constantFrom(...alphabet), { minLength: 17, maxLength: 17 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(first17, fc.nat(17), fc.constantFrom(...alphabet), (body, at, other) => {
        const code = body + creditCheckCharacter(body);
        expect(creditCodeFault(code)).toBeNull();
        const wrong = code.slice(0, at) + other + code.slice(at + 1);
        expect(creditCodeFault(wrong) === null).toBe(wrong === code);
        const swapped = code.slice(0, at) + (code[at + 1] ?? '') + code[at] + code.slice(at + 2);
        expect(creditCodeFault(swapped) === null).toBe(swapped === code);
      }),
      { numRuns: 1_000 },
    );
  });
});
