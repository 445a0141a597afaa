import type { GraphTensor } from "./graph.js";
import type { TracedCall } from "./simplify.js";

/** Equal texts mean that two ops without side effects compute the same. */
export function opKey(
  { name, attributes }: Pick<TracedCall, "name" | "attributes">,
  inputs: readonly GraphTensor[],
): string {
  const from = inputs.map(({ output }) => `${output.oper}:${output.index}`);
  const given = attributes.map((attribute) => `${attribute.name}=${JSON.stringify(attribute.value, exact)}`);
  return `${name} ${given.join(" ")} ${from.join(" ")}`;
}

/** JSON knows neither infinities nor −0. */
function exact(_: string, value: unknown): unknown {
  if (typeof value !== "number") return value;
  return Object.is(value, -0) ? "-0" : Number.isFinite(value) ? value : String(value);
}
