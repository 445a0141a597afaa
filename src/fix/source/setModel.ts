/** Writes options into the call of a model's builder, or into the layers that a model is made of. */
import { valueSource } from "../../doctor/codeLine.js";
import type { JsonValue } from "../../track/index.js";
import type { ModelSource } from "./findModel.js";
import type { Place } from "./keptCode.js";
import { type Reasons, reasonsFor } from "./setFit.js";
import { removeMember, setMember } from "./setMember.js";
import { members } from "./syntax.js";

type Options = Readonly<Record<string, JsonValue>>;

/** Of `models.mlp` and `models.cnn`. */
const builderOptions = [
  "activation",
  "initializer",
  "dropout",
  "l2",
  "batchNorm",
  "hidden",
  "classes",
  "outputs",
];

export function setModel(model: ModelSource | undefined, changes: Options): Reasons {
  if (!model)
    return reasonsFor(Object.keys(changes), "the call that builds the model was not found in the code");
  return model.kind === "builder" ? setBuilder(model.options, changes) : setLayers(model.hidden, changes);
}

function setBuilder(options: Place, changes: Options): Reasons {
  const unknown = Object.keys(changes).filter((name) => !builderOptions.includes(name));
  for (const [name, value] of Object.entries(changes)) {
    if (unknown.includes(name)) continue;
    // A model has the one or the other.
    if (name === "classes") removeMember(options, "outputs");
    if (name === "outputs") removeMember(options, "classes");
    setMember(options, name, valueSource(value));
  }
  return new Map(unknown.map((name) => [name, `models.mlp and models.cnn have no ${name}`]));
}

/** What `tf.layers` calls it. */
const layerOptions: Readonly<Record<string, string>> = {
  activation: "activation",
  initializer: "kernelInitializer",
};

function setLayers(hidden: readonly Place[], changes: Options): Reasons {
  const left = new Map<string, string>();
  for (const [name, value] of Object.entries(changes)) {
    const own = Object.hasOwn(layerOptions, name) ? layerOptions[name] : undefined;
    // An activation may be a layer of its own.
    const fitting = hidden.filter(({ node }) => name !== "activation" || members(node).has("activation"));
    if (own === undefined) left.set(name, `of layers written one by one, ${name} is not written over`);
    else if (fitting.length === 0) left.set(name, "no hidden layer has an activation written out");
    else for (const layer of fitting) setMember(layer, own, valueSource(value));
  }
  return left;
}
