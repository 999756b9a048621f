import type { ItemGuide } from '../../src/catalog/guide';

/** A guide with something in every field. */
export const someGuide: ItemGuide = {
  conditions: ['年满十六周岁', '具有本县户籍'],
  materials: [
    {
      name: '居民身份证',
      original: true,
      copies: 1,
      electronicAccepted: true,
      exempt: true,
      source: '公安机关',
      note: null,
    },
    {
      name: '申请表',
      original: true,
      copies: 0,
      electronicAccepted: false,
      exempt: false,
      source: null,
      note: '一式两份，𠮷字照写',
    },
  ],
  steps: [
    { name: '受理', handler: '综合窗口', workingDays: 0 },
    { name: '审核', handler: '业务股室', workingDays: 3 },
  ],
  legalBases: [
    { title: '《中华人民共和国居民身份证法》', article: '第七条' },
    { title: '《福建省行政服务条例》', article: null },
  ],
  results: ['居民身份证'],
  aliases: ['办身份证', '二代证'],
};
