/** A magic's help for the cursor on its line. */
import { isInCode } from "./completeMagic.js";
import { helpMarkdown, helpText } from "./help.js";
import { magicLineAt } from "./magicLine.js";
import type { MagicRegistry } from "./registry.js";

/** `undefined` when the line of `offset` is no magic's, or names one there is not, or holds TypeScript there. */
export function inspectMagic(
  source: string,
  offset: number,
  registry: MagicRegistry,
): { text: string; markdown: string } | undefined {
  const line = magicLineAt(source, offset, registry);
  if (!line || isInCode(source, offset, line)) return undefined;
  const { definition } = line;
  return definition && { text: helpText(definition), markdown: helpMarkdown(definition) };
}
