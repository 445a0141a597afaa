/**
 * Which name was meant by one that nothing has. TypeScript looks for it in the cell's document, which holds no names of
 * other cells but those that the cell uses, and many globals that nobody means.
 */
import { editDistance } from "../../src/base/editDistance.js";
import { nearestName } from "../../src/base/nearestName.js";
import type { Diagnostic } from "./diagnostics.js";
import { tunelabNames } from "./tunelabNames.js";

interface Offer {
  readonly name: string;
  /** What has the name: a cell, tunelab, or the global object. */
  readonly from: "own" | "tunelab" | "global";
}

/** @param names Of values: the cell's own, and those of earlier cells. */
export function withMeantName(diagnostic: Diagnostic, names: readonly string[]): Diagnostic {
  const [, wrong, proposed] =
    /^Cannot find name '([\w$]+)'\.(?: Did you mean '([\w$]+)'\?)?$/.exec(diagnostic.message) ?? [];
  if (wrong === undefined || (diagnostic.code !== 2304 && diagnostic.code !== 2552)) return diagnostic;
  const [first, ...others] = offers(wrong, names, proposed);
  if (first === undefined) return diagnostic;
  const hint = hintOf(first, others);
  const message = `Cannot find name '${wrong}'.`;
  const told =
    first.name === wrong
      ? { code: 2304, message }
      : { code: 2552, message: `${message} Did you mean '${first.name}'?` };
  return { ...diagnostic, ...told, ...(hint !== undefined && { hint }) };
}

/** The nearest first. Of equals the person's own before the library's, both before a global. */
function offers(wrong: string, names: readonly string[], proposed: string | undefined): Offer[] {
  const found = [
    { name: near(wrong, names), from: "own" as const },
    { name: tunelabNames().includes(wrong) ? wrong : near(wrong, tunelabNames()), from: "tunelab" as const },
    { name: proposed, from: "global" as const },
  ];
  const distinct = new Map<string, Offer>();
  for (const { name, from } of found)
    if (name !== undefined && !distinct.has(name)) distinct.set(name, { name, from });
  return [...distinct.values()].sort((a, b) => distance(wrong, a.name) - distance(wrong, b.name));
}

/** How the nearest is had, and what else may be meant; of globals only the nearest. */
function hintOf({ name, from }: Offer, others: readonly Offer[]): string | undefined {
  const other = others.find((offer) => offer.from !== "global");
  if (from === "tunelab") return `${importHint(name)}${other ? `; or did you mean '${other.name}'?` : ""}`;
  if (from === "own" && other) return `or did you mean tunelab's '${other.name}'? ${importHint(other.name)}`;
  return undefined;
}

function importHint(name: string): string {
  return `import { ${name} } from "tunelab" brings ${name}`;
}

/** Of a name of one or two letters every other is near: none is meant. */
function near(wrong: string, names: readonly string[]): string | undefined {
  return wrong.length < 3 ? undefined : nearestName(wrong, names);
}

const distance = (a: string, b: string): number => editDistance(a.toLowerCase(), b.toLowerCase());
