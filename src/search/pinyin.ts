/** Pinyin order, as a reader of Chinese expects it of a list of names. */
import { pinyin } from 'pinyin-pro';

/**
 * A text that sorts as the name does in a dictionary: character by character, by syllable, then tone, then the
 * character itself (so that names which share a beginning stand together). The reading of a character that has
 * several (多音字) is the one of the word it stands in, as far as the library's phrases tell. What is not Chinese
 * comes before what is.
 */
export function nameKey(name: string): string {
  const readings = pinyin(name, { type: 'all', toneType: 'num' });
  return readings
    .map(({ origin, pinyin: reading, isZh }) => (isZh ? `~${reading}${origin}` : ` ${origin}`))
    .join('');
}
