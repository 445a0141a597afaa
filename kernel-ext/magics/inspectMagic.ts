/** A magic's help for the cursor on its line. */
import { helpMarkdown, helpText } from "./help.js";
import { magicLineAt } from "./magicLine.js";
import type { MagicRegistry } from "./registry.js";

/** `undefined` when the line of `offset` is no magic's, or names one there is not. */
export function inspectMagic(
  source: string,
  offset: number,
  registry: MagicRegistry,
): { text: string; markdown: string } | undefined {
  const definition = magicLineAt(source, offset, registry)?.definition;
  return definition && { text: helpText(definition), markdown: helpMarkdown(definition) };
}
