/** How an objective in a module takes its parameters, where a space declares them; read from the function's text. */
import { parseSync } from "oxc-parser";
import { didYouMean } from "../../base/nearestName.js";
import { Trial } from "../trial.js";
import { type Node, namedMembers, withoutDefault } from "./parameterPattern.js";

/**
 * True of `(params, trial) => …`, as `%sweep` calls a function; false of `(trial) => …`. A lone first parameter is the
 * parameters when it is taken apart into them or asked for one of them.
 *
 * @param text the function's own text, as `String(objective)` gives it.
 * @param declared names of the declared parameters.
 * @throws RangeError when the function takes its parameters apart and a declared one is none of them.
 */
export function takesParameters(text: string, declared: readonly string[]): boolean {
  const [first, second] = parametersOf(text);
  if (!first) return false;
  const pattern = withoutDefault(first);
  if (pattern.type === "ObjectPattern") {
    const names = namedMembers(pattern.properties as Node[], "Property")?.map(({ name }) => name);
    if (!second && names?.every((name) => name in Trial.prototype && !declared.includes(name))) return false;
    refuseUnknown(declared, names);
    return true;
  }
  if (second || pattern.type !== "Identifier") return second !== undefined;
  const asked = new RegExp(`(?<![\\w$.])${escaped(String(pattern.name))}\\??\\.([\\w$]+)`, "g");
  return [...text.matchAll(asked)].some(
    ([, name = ""]) => declared.includes(name) && !(name in Trial.prototype),
  );
}

/**
 * What to tell a person who declared a parameter that no line of the objective's module names; undefined when all are
 * named.
 */
export function unnamedParameters(moduleText: string, declared: readonly string[]): string | undefined {
  const words = new Set(moduleText.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
  const unnamed = declared.filter((name) => !words.has(name) && !moduleText.includes(name));
  if (unnamed.length === 0) return undefined;
  return unnamed
    .map((name) => `the objective's module never names the parameter ${name}.${didYouMean(name, words)}`)
    .join("\n");
}

function parametersOf(text: string): readonly Node[] {
  // A method's text begins with its name: it can be read as one of an object's.
  for (const source of [`(${text})`, `({${text}})`]) {
    const { program, errors } = parseSync("objective.js", source, { preserveParens: false });
    if (errors.length > 0) continue;
    const [statement] = program.body as unknown as Node[];
    const value = statement?.expression as Node;
    const [property] = (value.properties ?? []) as Node[];
    return ((property ? (property.value as Node) : value).params ?? []) as Node[];
  }
  return [];
}

function refuseUnknown(declared: readonly string[], names: readonly string[] | undefined): void {
  const unknown = names && declared.find((name) => !names.includes(name));
  if (names && unknown !== undefined)
    throw new RangeError(
      `the objective takes ${names.join(", ")}, but was given ${unknown}.${didYouMean(unknown, names)}`,
    );
}

function escaped(name: string): string {
  return name.replaceAll("$", "\\$");
}
