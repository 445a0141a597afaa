/** Writes another learning rate, or another optimiser, into the call that makes it. */
import { valueSource } from "../../doctor/codeLine.js";
import type { JsonValue } from "../../track/index.js";
import { declared, type KeptFile, type Place } from "./keptCode.js";
import { namedImport } from "./namedImport.js";
import { setMember } from "./setMember.js";
import { argumentsOf, calledName, members, type Node, nodesIn, plain } from "./syntax.js";

export interface OptimizerChange {
  readonly name?: JsonValue | undefined;
  readonly learningRate?: JsonValue | undefined;
}

/** Why it cannot be written; undefined where it is. */
export function setOptimizer(
  files: readonly KeptFile[],
  options: Place,
  { name, learningRate }: OptimizerChange,
): string | undefined {
  const given = members(options.node).get("optimizer");
  const rate = learningRate === undefined ? undefined : valueSource(learningRate);
  if (name !== undefined || !given) {
    const made = namedImport(files, options.file, String(name ?? "adam"));
    if (made === undefined) return `${name ?? "adam"} is not imported`;
    setMember(options, "optimizer", rate === undefined ? `${made}()` : `${made}({ learningRate: ${rate} })`);
    return undefined;
  }
  if (rate === undefined) return undefined;
  const call = callAt(files, { file: options.file, node: plain(given.value as Node) });
  if (!call) return "the call that makes the optimiser was not found";
  const [first] = argumentsOf(call.node);
  const object = first && plain(first);
  if (!object) call.file.edit.appendLeft(call.node.end - 1, `{ learningRate: ${rate} }`);
  else if (object.type === "ObjectExpression")
    setMember({ file: call.file, node: object }, "learningRate", rate);
  else return "the optimiser's options are not written out";
  return undefined;
}

const wrappers = ["ema", "lookahead", "sam"];

/** Of `ema(adam({ … }))` the inner one, also where a variable holds it. */
function callAt(files: readonly KeptFile[], place: Place): Place | undefined {
  const { file, node } = place;
  if (node.type === "Identifier") {
    const value = declared(files, String(node.name), place);
    return value && callAt(files, { file: value.file, node: plain(value.node) });
  }
  const calls = [...nodesIn(node)].filter(
    (one) => one.type === "CallExpression" && !wrappers.includes(calledName(one) ?? ""),
  );
  return calls[0] && { file, node: calls[0] };
}
