/** Where the TypeScript on a magic's line begins: the cursor may be in it. */
import type { MagicDefinition } from "./registry.js";
import { optionFlag } from "./schema.js";
import { cutWords } from "./tokens.js";

/**
 * UTF-16 offset in `args`, what follows the magic's name, of its code; `undefined` of a magic without code on its line,
 * and while there are only options. Never throws: what is still being written is taken as it stands.
 */
export function codeStart(magic: MagicDefinition, args: string): number | undefined {
  if (!magic.lineBody) return undefined;
  const words = cutWords(args);
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (!word || word.value === "--") continue;
    if (word.quoted || !/^--?(?:[A-Za-z]|$)/.test(word.value)) return word.start;
    const [flag = ""] = word.value.split("=");
    if (takesValue(magic, flag) && !word.value.includes("=")) at++;
  }
  return undefined;
}

function takesValue({ options = {} }: MagicDefinition, flag: string): boolean {
  const found = Object.entries(options).find(
    ([key, { short }]) => flag === optionFlag(key) || flag === `-${short}`,
  );
  return found !== undefined && found[1].type !== "flag";
}
