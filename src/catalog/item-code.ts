/**
 * The codec of item codes. An item's code is the national 实施编码 (31 characters): the authority's unified social
 * credit code (18), the level that exercises the power (1) and the base catalog code (12); a variant's
 * 业务办理项编码 has a two-digit serial behind it (33). The only arithmetic check is the credit code's check
 * character (GB 32100-2015).
 */
import type { ServiceItemKind } from './item-enums';

const alphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** The two digits of the base catalog code that name the matter's type. */
export const kindDigits: Readonly<Record<ServiceItemKind, string>> = {
  LICENSING: '01',
  LEVY: '04',
  PAYMENT: '05',
  CONFIRMATION: '07',
  REWARD: '08',
  ADJUDICATION: '09',
  OTHER_POWER: '10',
  PUBLIC_SERVICE: '20',
};

/** The parts of an item's code. */
export interface ItemCodeParts {
  /** 统一社会信用代码 of the authority, 18 characters. */
  readonly creditCode: string;
  /** 行使层级: 1 national … 4 county, 5 township, 6 shared. */
  readonly level: string;
  /** 行政区划: 00 for a national matter, 35 for one of Fujian's own. */
  readonly region: string;
  /** 事项类型, two digits, see {@link kindDigits}. */
  readonly kind: string;
  /** 主项, five digits. */
  readonly matter: string;
  /** 子项, three characters; 000 where the matter has none. */
  readonly subMatter: string;
  /** The serial of a variant (业务办理项), two digits from 01, or null for a code of 31 characters. */
  readonly serial: string | null;
}

/** What is wrong with a code: which part, and why, in a sentence. */
export interface ItemCodeFault {
  readonly part: keyof ItemCodeParts | 'length';
  readonly reason: string;
}

/** Reads a code; tells the first part that is wrong. */
export function parseItemCode(code: string): ItemCodeParts | ItemCodeFault {
  if (code.length !== 31 && code.length !== 33) {
    return { part: 'length', reason: `has ${code.length} characters, wanted 31, or 33 for a variant` };
  }
  const parts: ItemCodeParts = {
    creditCode: code.slice(0, 18),
    level: code.slice(18, 19),
    region: code.slice(19, 21),
    kind: code.slice(21, 23),
    matter: code.slice(23, 28),
    subMatter: code.slice(28, 31),
    serial: code.length === 33 ? code.slice(31) : null,
  };
  const fault = creditCodeFault(parts.creditCode);
  if (fault) return { part: 'creditCode', reason: fault };
  if (!/^[1-6]$/.test(parts.level)) return wrong('level', parts.level, 'a digit from 1 to 6');
  if (!/^\d\d$/.test(parts.region)) return wrong('region', parts.region, 'two digits');
  if (!/^(0[1-9]|10|20)$/.test(parts.kind)) return wrong('kind', parts.kind, '01 to 10, or 20');
  if (!/^\d{5}$/.test(parts.matter)) return wrong('matter', parts.matter, 'five digits');
  if (!/^[0-9A-Z]{3}$/.test(parts.subMatter)) {
    return wrong('subMatter', parts.subMatter, 'three digits or capital letters');
  }
  if (parts.serial !== null && !/^(0[1-9]|[1-9]\d)$/.test(parts.serial)) {
    return wrong('serial', parts.serial, 'two digits from 01');
  }
  return parts;
}

function wrong(part: keyof ItemCodeParts, value: string, wanted: string): ItemCodeFault {
  return { part, reason: `is "${value}", wanted ${wanted}` };
}

/** Why a unified social credit code is wrong (GB 32100-2015), or null if it is right. */
export function creditCodeFault(code: string): string | null {
  if (code.length !== 18) return `has ${code.length} characters, wanted 18`;
  for (const character of code) {
    if (!alphabet.includes(character))
      return `has "${character}", which is not in its alphabet (no I O S V Z)`;
  }
  const expected = creditCheckCharacter(code.slice(0, 17));
  if (code[17] !== expected) return `ends with "${code[17]}", but its check character is "${expected}"`;
  return null;
}

/** The check character behind the first 17 characters: weights 3^(i−1) mod 31. */
export function creditCheckCharacter(first17: string): string {
  let weight = 1;
  let sum = 0;
  for (const character of first17) {
    sum += alphabet.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return alphabet.charAt((31 - (sum % 31)) % 31);
}
