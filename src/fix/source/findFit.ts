/** The call of `fit` that trained a run, in the code that the run keeps. */
import type { RunRecord } from "../../track/index.js";
import { declared, type KeptFile, type Place, placesOf } from "./keptCode.js";
import { argumentsOf, calledName, literalOf, members, type Node, plain } from "./syntax.js";

export interface FitCall extends Place {
  /** The object literal of its options; undefined where it has none, or they come from elsewhere. */
  readonly options: Place | undefined;
}

type Recorded = Pick<RunRecord, "name" | "config">;

/** The one whose literal options say what the run's record says; of several that do, the one of which most is so. */
export function findFit(files: readonly KeptFile[], record: Recorded): FitCall | undefined {
  const calls = placesOf(files, isFit)
    .map((place): FitCall => ({ ...place, options: optionsOf(files, place) }))
    .map((call) => ({ call, ...agreement(call, record) }))
    .filter(({ differs }) => !differs);
  const inLast = calls.filter(({ call }) => call.file === files.at(-1));
  const near = inLast.length > 0 ? inLast : calls;
  const most = Math.max(...near.map(({ same }) => same));
  const best = near.filter(({ same }) => same === most);
  return best.length === 1 ? best[0]?.call : undefined;
}

function isFit(node: Node): boolean {
  return calledName(node) === "fit" && argumentsOf(node).length >= 2;
}

function optionsOf(files: readonly KeptFile[], call: Place): Place | undefined {
  const given = argumentsOf(call.node)[2];
  return given && objectAt(files, { file: call.file, node: plain(given) });
}

/** An object literal, or the one that a variable was given. */
export function objectAt(files: readonly KeptFile[], place: Place): Place | undefined {
  const { node } = place;
  if (node.type === "ObjectExpression") return place;
  if (node.type !== "Identifier") return undefined;
  const value = declared(files, String(node.name), place);
  const object = value && plain(value.node);
  return object?.type === "ObjectExpression" ? { file: value!.file, node: object } : undefined;
}

/** What of a call's options is written out, beside what the record says. */
function agreement(
  { options }: FitCall,
  record: Recorded,
): { readonly same: number; readonly differs: boolean } {
  let same = 0;
  for (const [name, wanted] of options ? saidBy(options.node) : []) {
    const recorded = name === "track" ? record.name : record.config[name];
    if (recorded === undefined) continue;
    if (recorded !== wanted) return { same, differs: true };
    same++;
  }
  return { same, differs: false };
}

function* saidBy(options: Node): Generator<[name: string, value: string | number | boolean]> {
  for (const [name, property] of members(options)) {
    const value = plain(property.value as Node);
    const literal = literalOf(value);
    if (literal !== undefined && !(name === "track" && typeof literal === "boolean")) yield [name, literal];
    if (name === "track" && value.type === "ObjectExpression") {
      const own = members(value).get("name");
      const called = own && literalOf(plain(own.value as Node));
      if (called !== undefined) yield ["track", called];
    }
    if (name === "optimizer" && value.type === "CallExpression") {
      const rate = rateOf(value);
      if (rate !== undefined) yield ["learningRate", rate];
    }
  }
}

function rateOf(optimizer: Node): number | undefined {
  const [first] = argumentsOf(optimizer);
  const object = first && plain(first);
  const rate = object?.type === "ObjectExpression" ? members(object).get("learningRate") : undefined;
  const value = rate && literalOf(plain(rate.value as Node));
  return typeof value === "number" ? value : undefined;
}
