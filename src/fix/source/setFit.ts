/** Writes options into a call of `fit`. */
import { valueSource } from "../../doctor/codeLine.js";
import type { JsonValue } from "../../track/index.js";
import type { FitCall } from "./findFit.js";
import type { KeptFile } from "./keptCode.js";
import { setMember } from "./setMember.js";
import { setOptimizer } from "./setOptimizer.js";
import { argumentsOf } from "./syntax.js";

type Options = Readonly<Record<string, JsonValue>>;

/** Why an option has no place in the source, by its name. */
export type Reasons = ReadonlyMap<string, string>;

export function setFit(files: readonly KeptFile[], call: FitCall | undefined, changes: Options): Reasons {
  const all = (reason: string) => reasonsFor(Object.keys(changes), reason);
  if (!call) return all("no call of fit in the code, or no single one, is written as the run was");
  if (call.options) return setOptions(files, call.options, changes);
  return argumentsOf(call.node).length > 2
    ? all("the options of fit are not written out")
    : addOptions(call, changes);
}

export function reasonsFor(names: readonly string[], reason: string): Map<string, string> {
  return new Map(names.map((name) => [name, reason]));
}

function setOptions(
  files: readonly KeptFile[],
  options: NonNullable<FitCall["options"]>,
  { learningRate, optimizer, ...others }: Options,
): Reasons {
  for (const [name, value] of Object.entries(others)) setMember(options, name, valueSource(value));
  if (learningRate === undefined && optimizer === undefined) return new Map();
  const reason = setOptimizer(files, options, { name: optimizer, learningRate });
  return reason === undefined ? new Map() : reasonsFor(["learningRate", "optimizer"], reason);
}

function addOptions({ file, node }: FitCall, { learningRate, optimizer, ...others }: Options): Reasons {
  const written = Object.entries(others).map(([name, value]) => `${name}: ${valueSource(value)}`);
  if (written.length > 0) file.edit.appendLeft(node.end - 1, `, { ${written.join(", ")} }`);
  return learningRate === undefined && optimizer === undefined
    ? new Map()
    : reasonsFor(["learningRate", "optimizer"], "fit has no options yet");
}
