import { breaches, type ClassifiedItem } from '../../src/classification/rules';

describe('the rules of the modes', () => {
  const sound: ClassifiedItem = {
    modes: ['IMMEDIATE', 'ONLINE', 'NEARBY', 'SINGLE_VISIT', 'SELF_SERVICE'],
    audiences: ['NATURAL_PERSON'],
    legalWorkingDays: 5,
    promisedWorkingDays: 0,
    onSiteVisits: 1,
    onlineUrl: 'https://example.org/',
    outlets: ['T01'],
    kiosks: ['K01'],
  };
  const found = (change: Partial<ClassifiedItem>) =>
    breaches({ ...sound, ...change }).map(({ rule, severity, field }) => `${severity} ${rule} ${field}`);

  it('find nothing wrong with a sound item, nor with one that has no mode', () => {
    expect(found({})).toEqual([]);
    expect(found({ modes: [], promisedWorkingDays: 3, onlineUrl: null, outlets: [], kiosks: [] })).toEqual(
      [],
    );
  });

  it.each<[string, Partial<ClassifiedItem>, string[]]>([
    ['two days of 马上办', { promisedWorkingDays: 2 }, ['ERROR immediate-days promisedWorkingDays']],
    ['one day of 马上办', { promisedWorkingDays: 1 }, ['WARNING immediate-days promisedWorkingDays']],
    [
      'a promise beyond the law',
      { modes: ['ONLINE'], promisedWorkingDays: 6 },
      ['ERROR promise-within-law promisedWorkingDays'],
    ],
    ['网上办 without address', { onlineUrl: null }, ['ERROR online-url onlineUrl']],
    ['一次办 with two visits', { onSiteVisits: 2 }, ['ERROR single-visit-count onSiteVisits']],
    [
      'no visit and no channel',
      { modes: ['IMMEDIATE'], onSiteVisits: 0 },
      ['ERROR visits-need-channel modes'],
    ],
    ['就近办 without outlet', { outlets: [] }, ['ERROR nearby-outlet outlets']],
    ['就近办 for firms alone', { audiences: ['LEGAL_PERSON'] }, ['WARNING nearby-person audiences']],
    ['自助办 without kiosk', { kiosks: [] }, ['ERROR kiosk-present kiosks']],
    ['一次办 without any visit', { onSiteVisits: 0 }, ['INFORMATION single-visit-zero onSiteVisits']],
    ['0 days without 马上办', { modes: ['ONLINE'] }, ['INFORMATION immediate-missing modes']],
    [
      'several at once, errors first',
      { onSiteVisits: 0, audiences: ['LEGAL_PERSON'], outlets: [] },
      [
        'ERROR nearby-outlet outlets',
        'WARNING nearby-person audiences',
        'INFORMATION single-visit-zero onSiteVisits',
      ],
    ],
  ])('find %s', (_what, change, wanted) => {
    expect(found(change)).toEqual(wanted);
  });

  it.each(['ONLINE', 'NEARBY', 'SELF_SERVICE'] as const)(
    'take %s as a channel for items without a visit',
    (mode) => {
      expect(found({ modes: [mode], promisedWorkingDays: 1, onSiteVisits: 0 })).toEqual([]);
    },
  );

  it('tell clerks in Chinese', () => {
    for (const { message } of breaches({ ...sound, onlineUrl: null, kiosks: [] }))
      expect(message).toMatch(/^[“\p{Script=Han}]/u);
  });
});
