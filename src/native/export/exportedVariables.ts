/** A model's variables in a saved graph. */
import type { tf } from "../backend.js";
import { binding } from "../binding.js";
import type { GraphTensor } from "../capture/graph.js";
import { DType } from "../dtypes.js";
import { AttrType, type OpAttribute } from "../opAttributes.js";
import { field, message } from "../protobufWriter.js";
import { tensorId } from "../tensorId.js";
import type { GraphWriter, WrittenOp } from "./graphWriter.js";

/** A variable in the graph. */
export interface ExportedVariable {
  /** In the graph and in the checkpoint. */
  readonly name: string;
  readonly variable: tf.Variable;
  readonly dtype: number;
  readonly trainable: boolean;
  readonly resource: GraphTensor;
}

/** Lifecycle: one for a graph; variables are added as the prediction asks for them. */
export class ExportedVariables {
  readonly #writer: GraphWriter;
  readonly #known: ReadonlyMap<tf.Variable, ModelVariable>;
  readonly #added = new Map<tf.Variable, ExportedVariable>();

  /**
   * @param model whose variables have its names for them, and come first, in its order; others keep their own
   * @param used those of them that the prediction reads
   */
  constructor(writer: GraphWriter, model: tf.LayersModel, used: Iterable<tf.Variable>) {
    this.#writer = writer;
    this.#known = variablesOf(model);
    const read = new Set(used);
    for (const variable of this.#known.keys()) if (read.has(variable)) this.resourceOf(variable);
  }

  get all(): readonly ExportedVariable[] {
    return [...this.#added.values()];
  }

  /** The variable's resource in the graph. */
  resourceOf(variable: tf.Variable): GraphTensor {
    const found = this.#added.get(variable) ?? this.#add(variable);
    this.#added.set(variable, found);
    return found.resource;
  }

  #add(variable: tf.Variable): ExportedVariable {
    const writer = this.#writer;
    const { name: own, trainable } = this.#known.get(variable) ?? variable;
    const name = writer.names.name(own);
    const { dtype, shape } = binding.handle(tensorId(variable), "exporting a model");
    const attributes: OpAttribute[] = [
      { name: "dtype", type: AttrType.type, value: dtype },
      { name: "shape", type: AttrType.shape, value: shape },
      { name: "shared_name", type: AttrType.string, value: name },
    ];
    const oper = writer.graph.addOp({ name: "VarHandleOp", attributes, inputs: [], label: name });
    const exported = { name, variable, dtype, trainable, resource: writer.outputOf(oper, 0) };
    this.#initialize(exported, shape);
    return exported;
  }

  /** Python's variables need an initialiser, and a read of their own. It is zeros: values come from the checkpoint. */
  #initialize({ name: label, dtype, resource }: ExportedVariable, shape: readonly number[]): void {
    const writer = this.#writer;
    const values = dtype === DType.string ? [new Uint8Array()] : [0];
    const zero = writer.constant({ dtype, shape: [], values }, `${label}/Initializer/zero`);
    const zeros = writer.add1({
      name: "Fill",
      attributes: [{ name: "T", type: AttrType.type, value: dtype }],
      inputs: [writer.numbers(shape, `${label}/Initializer/shape`), zero],
      label: `${label}/Initializer/zeros`,
    });
    writer.add({ ...assigning(dtype, resource, zeros), label: `${label}/Assign` });
    writer.add({ ...reading(dtype, resource), label: `${label}/Read/ReadVariableOp` });
  }
}

/** variable.proto: VariableDef, with the ops that `#initialize` made. */
export function definitionOf({ name, trainable }: ExportedVariable): Uint8Array {
  return message(
    field(1, `${name}:0`),
    field(2, `${name}/Assign`),
    field(3, `${name}/Read/ReadVariableOp:0`),
    field(5, true),
    field(6, `${name}/Initializer/zeros:0`),
    field(7, trainable),
  );
}

export function reading(dtype: number, resource: GraphTensor): WrittenOp {
  const attributes = [{ name: "dtype", type: AttrType.type, value: dtype }];
  return { name: "ReadVariableOp", attributes, inputs: [resource] };
}

export function assigning(dtype: number, resource: GraphTensor, value: GraphTensor): WrittenOp {
  const attributes = [{ name: "dtype", type: AttrType.type, value: dtype }];
  return { name: "AssignVariableOp", attributes, inputs: [resource, value] };
}

interface ModelVariable {
  readonly name: string;
  readonly trainable: boolean;
}

/** What a layer's weight is: TensorFlow.js declares less. */
interface LayerVariable {
  readonly originalName: string;
  readonly val: tf.Variable;
}

/** The names that the model's own files have, where each is given once. */
function variablesOf(model: tf.LayersModel): Map<tf.Variable, ModelVariable> {
  const weights = model.weights as unknown as LayerVariable[];
  const trained = new Set(model.trainableWeights as unknown as LayerVariable[]);
  const isOnce = (name: string) => weights.filter(({ originalName }) => originalName === name).length === 1;
  return new Map(
    weights.map((weight) => {
      const name = isOnce(weight.originalName) ? weight.originalName : weight.val.name;
      return [weight.val, { name, trainable: trained.has(weight) }];
    }),
  );
}
