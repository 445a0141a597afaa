/** Where the code builds the model that a call of `fit` was given. */
import { objectAt } from "./findFit.js";
import { declared, type KeptFile, type Place, placesOf } from "./keptCode.js";
import { argumentsOf, calledName, members, type Node, nodesIn, plain } from "./syntax.js";

export type ModelSource =
  /** `models.mlp({ … })` or `models.cnn({ … })`: the object literal. */
  | { readonly kind: "builder"; readonly options: Place }
  /** `tf.sequential({ layers: [ … ] })`: the object literals of the layers with kernels, but for the last. */
  | { readonly kind: "layers"; readonly hidden: readonly Place[] };

/**
 * What makes the first argument, directly, by a variable or by a function that makes one model; else the only builder in the
 * code.
 */
export function findModel(files: readonly KeptFile[], fit: Place): ModelSource | undefined {
  const [given] = argumentsOf(fit.node);
  const call = (given && builderAt(files, { file: fit.file, node: plain(given) })) ?? only(files);
  const [first] = call ? argumentsOf(call.node) : [];
  const options = call && first && objectAt(files, { file: call.file, node: plain(first) });
  if (!options) return undefined;
  return calledName(call.node) === "sequential" ? layersOf(options) : { kind: "builder", options };
}

function isBuilder(node: Node): boolean {
  return ["mlp", "cnn", "sequential"].includes(calledName(node) ?? "");
}

function builderAt(files: readonly KeptFile[], place: Place, depth = 0): Place | undefined {
  const { node } = place;
  // A variable may be declared by itself.
  if (depth > 4) return undefined;
  if (isBuilder(node)) return place;
  const name = node.type === "Identifier" ? String(node.name) : calledName(node);
  const found = name === undefined ? undefined : declared(files, name, place);
  if (!found) return undefined;
  const value = plain(found.node);
  if (!/Function/.test(value.type)) return builderAt(files, { file: found.file, node: value }, depth + 1);
  const inside = [...nodesIn(value.body)].filter(isBuilder);
  return inside.length === 1 ? { file: found.file, node: inside[0] as Node } : undefined;
}

function only(files: readonly KeptFile[]): Place | undefined {
  const all = placesOf(files, isBuilder);
  return all.length === 1 ? all[0] : undefined;
}

const withKernels = /^(dense|conv\dd|separableConv2d|depthwiseConv2d)$/;

function layersOf({ file, node }: Place): ModelSource | undefined {
  const list = members(node).get("layers")?.value as Node | undefined;
  if (list?.type !== "ArrayExpression") return undefined;
  const options = (list.elements as readonly (Node | null)[]).flatMap((layer) => {
    const call = layer && plain(layer);
    const [first] = call && withKernels.test(calledName(call) ?? "") ? argumentsOf(call) : [];
    return first?.type === "ObjectExpression" ? [{ file, node: first }] : [];
  });
  return { kind: "layers", hidden: options.slice(0, -1) };
}
