/** How a saved graph's variables are saved and restored, and the file with their values. */
import { binding } from "../binding.js";
import { DType } from "../dtypes.js";
import type { Pointer } from "../ffi.js";
import type { Handle } from "../handles.js";
import { AttrType, type OpAttribute } from "../opAttributes.js";
import { tensorId } from "../tensorId.js";
import { assigning, type ExportedVariable, reading } from "./exportedVariables.js";
import type { GraphWriter } from "./graphWriter.js";

/** What a SaverDef names: two tensors and an op. */
export interface Saver {
  readonly filename: string;
  readonly save: string;
  readonly restore: string;
}

/** Adds ops as those of TensorFlow's own savers: one file, whose name is an input. */
export function addSaver(writer: GraphWriter, variables: readonly ExportedVariable[]): Saver {
  const filename = writer.add1({
    name: "PlaceholderWithDefault",
    attributes: [
      { name: "dtype", type: AttrType.type, value: DType.string },
      { name: "shape", type: AttrType.shape, value: [] },
    ],
    inputs: [writer.texts("model", "save/filename/input")],
    label: "save/filename",
  });
  const names = writer.texts(
    variables.map(({ name }) => name),
    "save/tensor_names",
  );
  const slices = writer.texts(
    variables.map(() => ""),
    "save/shape_and_slices",
  );
  const which = [filename, names, slices];
  const values = variables.map(({ dtype, resource }) =>
    writer.add1({ ...reading(dtype, resource), label: "save/read" }),
  );
  const attributes = [dtypesOf(variables)];
  const saving = writer.add({
    name: "SaveV2",
    attributes,
    inputs: [...which, ...values],
    label: "save/save",
  });
  const saved = writer.add({
    name: "Identity",
    attributes: [{ name: "T", type: AttrType.type, value: DType.string }],
    inputs: [filename],
    after: [saving],
    label: "save/saved",
  });
  const restored = writer.add({ name: "RestoreV2", attributes, inputs: which, label: "save/restore" });
  const assigned = variables.map(({ dtype, resource }, i) =>
    writer.add({ ...assigning(dtype, resource, writer.outputOf(restored, i)), label: "save/assign" }),
  );
  const restore = writer.add({ name: "NoOp", after: assigned, label: "save/restore_all" });
  const name = (oper: Pointer) => writer.graph.nameOf(oper);
  return { filename: `${name(filename.output.oper)}:0`, save: `${name(saved)}:0`, restore: name(restore) };
}

/** Writes the variables' present values: `prefix` with endings for the index and the data. */
export function saveValues(variables: readonly ExportedVariable[], prefix: string): void {
  const count = [variables.length];
  const names = variables.map(({ name }) => name);
  const which = [
    texts([], [prefix]),
    texts(count, names),
    texts(
      count,
      names.map(() => ""),
    ),
  ];
  try {
    const values = variables.map(({ variable }) => binding.handle(tensorId(variable), "exporting a model"));
    const attributes = [dtypesOf(variables)];
    binding.execute({ name: "SaveV2", attributes, inputs: [...which, ...values], outputs: 0 });
  } finally {
    for (const { id } of which) binding.deleteTensor(id);
  }
}

function dtypesOf(variables: readonly ExportedVariable[]): OpAttribute {
  return { name: "dtypes", type: AttrType.typeList, value: variables.map(({ dtype }) => dtype) };
}

function texts(shape: readonly number[], values: readonly string[]): Handle {
  const bytes = values.map((text) => Buffer.from(text));
  return binding.handle(binding.createTensor(shape, DType.string, bytes), "exporting a model");
}
