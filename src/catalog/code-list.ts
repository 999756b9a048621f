import { badUserInput } from '../lib/errors';

const longestList = 100;

/** Refuses a list of codes that is too long or has one which is not `known`; `path` leads to the list. */
export function refuseUnknownCodes(
  path: readonly string[],
  codes: readonly string[],
  known: (code: string) => boolean,
): void {
  const name = path.at(-1) ?? '';
  if (codes.length > longestList) {
    throw badUserInput(`${name} has ${codes.length} codes, wanted at most ${longestList}`, path);
  }
  const unknown = codes.findIndex((code) => !known(code));
  if (unknown >= 0) {
    const code = JSON.stringify(codes[unknown]?.slice(0, 64));
    throw badUserInput(`There is no ${name} with the code ${code}`, [...path, String(unknown)]);
  }
}
