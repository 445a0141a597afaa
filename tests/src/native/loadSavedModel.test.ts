import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeEach, expect, it } from "vitest";
import { binding } from "../../../src/native/binding.js";
import { loadSavedModel, type SavedModel, TensorFlowError, tf } from "../../../src/native/index.js";
import { expectStored, exported, storedCalls, tensorsOf } from "./exportedModels.js";

type Load = typeof loadSavedModel;

/** TensorFlow.js's own models, made by TensorFlow in Python. */
const theirs = (name: string) =>
  fileURLToPath(new URL(`tfjsSuite/fixtures/test_objects/saved_model/${name}`, import.meta.url));
const { loadSavedModel: theirLoad } = createRequire(import.meta.url)(
  "@tensorflow/tfjs-node-gpu/dist/saved_model",
) as { loadSavedModel: Load };

const scratch = mkdtempSync(join(tmpdir(), "tunelab-saved-model-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const open: SavedModel[] = [];
async function opened(model: Promise<SavedModel>): Promise<SavedModel> {
  open.push(await model);
  return model;
}

beforeEach(() => void tf.engine().startScope());
afterEach(() => {
  tf.engine().endScope();
  for (const model of open.splice(0)) model.dispose();
  expect(binding.getNumOfSavedModels()).toBe(0);
});

const signatures = new Set(
  storedCalls.map((call) => JSON.stringify([call.model, call.tags, call.signature])),
);

it.each([...signatures])("answers what TensorFlow answers: %s", async (key) => {
  const [folder, tags, signature] = JSON.parse(key) as [string, string[], string];
  const model = await opened(loadSavedModel(exported(folder), tags, signature));
  const calls = storedCalls.filter((call) => JSON.stringify([call.model, call.tags, call.signature]) === key);
  for (const { inputs, outputs } of calls) {
    expect(model.inputs.map(({ name }) => name)).toEqual(Object.keys(inputs).sort());
    const made = model.predict(tensorsOf(inputs));
    expect(Object.keys(made)).toEqual(Object.keys(outputs).sort());
    for (const [name, stored] of Object.entries(outputs)) await expectStored(made[name], stored);
  }
});

it("tells names, types and shapes, and which signatures there are", async () => {
  const model = await opened(loadSavedModel(exported("classifier"), ["serve"], "mix"));
  expect(model.signature).toBe("mix");
  expect(model.signatures.join(" ")).toBe(
    "count measure mix multiply narrow product serving_default spell square unusual",
  );
  expect(model.inputs).toEqual([
    { name: "negate", dtype: "bool", tfDtype: "DT_BOOL", shape: [] },
    { name: "offset", dtype: "int32", tfDtype: "DT_INT64", shape: [] },
    { name: "pixels", dtype: "int32", tfDtype: "DT_UINT8", shape: [2, -1] },
    { name: "x", dtype: "float32", tfDtype: "DT_DOUBLE", shape: [-1] },
  ]);
  const measure = await opened(loadSavedModel(exported("classifier"), ["serve"], "measure"));
  expect(measure.inputs).toEqual([{ name: "x", dtype: "float32", tfDtype: "DT_FLOAT" }]);
});

/**
 * Models of TensorFlow.js's own specs, a signature of each, and inputs for it. Not below 0 for int64: tfjs-node takes
 * such numbers for some above 2³¹, and Python's answers stand above.
 */
const shared: [string, string, Record<string, () => tf.Tensor>][] = [
  ["times_three_float", "serving_default", { x: () => tf.scalar(1.5) }],
  ["times_two_int", "serving_default", { x: () => tf.scalar(-3, "int32") }],
  ["module_with_multiple_signatures", "serving_default", { x: () => tf.scalar(1.5) }],
  ["module_with_multiple_signatures", "timestwo", { x: () => tf.scalar(1.5) }],
  ["int64_multiply", "serving_default", { x: () => tf.tensor1d([3, 4], "int32") }],
  ["uint8_multiply", "serving_default", { x: () => tf.tensor1d([3], "int32") }],
  [
    "model_multi_output",
    "serving_default",
    { x: () => tf.scalar(3, "int32"), y: () => tf.scalar(5, "int32") },
  ],
  ["model_single_input_multi_output", "serving_default", { x: () => tf.scalar(3, "int32") }],
];

/** What a call returned, as plain values. */
async function plain(given: tf.Tensor | tf.Tensor[] | tf.NamedTensorMap): Promise<unknown> {
  if (given instanceof tf.Tensor)
    return { dtype: given.dtype, shape: given.shape, values: Array.from(await given.data(), Number) };
  if (Array.isArray(given)) return Promise.all(given.map(plain));
  return Object.fromEntries(
    await Promise.all(Object.entries(given).map(async ([name, tensor]) => [name, await plain(tensor)])),
  );
}

it.each(shared)("answers in each form as tfjs-node does: %s, %s", async (name, signature, inputs) => {
  const load = (by: Load) => opened(by(theirs(name), ["serve"], signature));
  const [ours, reference] = [await load(loadSavedModel), await load(theirLoad)];
  const named = Object.fromEntries(Object.entries(inputs).map(([input, make]) => [input, make()]));
  const list = Object.values(named);
  expect(await plain(ours.predict(named))).toEqual(await plain(reference.predict(named)));
  expect(await plain(ours.predict(list))).toEqual(await plain(reference.predict(list)));
  const [first] = list;
  if (first && list.length === 1)
    expect(await plain(ours.predict(first))).toEqual(await plain(reference.predict(first)));
  const types = (model: SavedModel) =>
    [...model.inputs, ...model.outputs].map((one) => [one.dtype, one.tfDtype]);
  expect(types(ours)).toEqual(types(reference));
});

it("runs on the CPU what was meant for a device that is not there", async () => {
  const file = readFileSync(join(exported("versions"), "saved_model.pb"), "latin1");
  expect(file).toContain("/device:GPU:7");
  const model = await opened(loadSavedModel(exported("versions"), ["serve", "gpu"]));
  expect(model.predict({ x: tf.tensor1d([1, -2]) }).y?.arraySync()).toEqual([3, -6]);
});

it.each([
  [["/nowhere"], "needs a folder with saved_model.pb, but /nowhere has none"],
  [[exported("")], `has none; ${exported("classifier")} has one`],
  [[join(exported("classifier"), "saved_model.pb")], `has none; ${exported("classifier")} has one`],
  [[exported("classifier"), ["server"]], "(serve), but was given server; the nearest is serve"],
  [[exported("versions"), ["gpu"]], "(serve; gpu, serve), but was given gpu"],
  [[exported("classifier"), []], "(serve), but was given none"],
  [
    [exported("classifier"), ["serve"], "spel"],
    "spell, square, unusual), but was given spel; the nearest is spell",
  ],
  [[exported("classifier"), ["serve"], "__saved_model_init_op"], "but was given __saved_model_init_op"],
  [[exported("classifier"), ["serve"], "unusual"], "but x of unusual is uint64"],
  [[exported("versions"), ["serve"], "sparse"], "but x of sparse is made of several tensors"],
  [[7], "needs its folder, but was given 7"],
  [[""], "needs its folder, but was given ''"],
  [["a", "serve"], `needs tags in a list, such as ["serve"], but was given 'serve'`],
  [["a", ["serve"], 7], "needs a signature's name, but was given 7"],
] as [unknown[], string][])("says in one sentence what is not there: %j", async (given, sentence) => {
  await expect(loadSavedModel(...(given as [string]))).rejects.toThrowError(sentence);
});

it("tells a broken model by TensorFlow's words, and leaves nothing open", async () => {
  const copy = (name: string) => {
    cpSync(exported("keras"), join(scratch, name), { recursive: true });
    return join(scratch, name);
  };
  const other = copy("other");
  writeFileSync(join(other, "saved_model.pb"), "");
  await expect(loadSavedModel(other)).rejects.toThrowError("needs a graph, but");
  const half = copy("half");
  truncateSync(join(half, "saved_model.pb"), 20_000);
  await expect(loadSavedModel(half)).rejects.toThrowError(/saved/);
  const bare = copy("bare");
  rmSync(join(bare, "variables"), { recursive: true });
  const unset = await opened(loadSavedModel(bare));
  const call = storedCalls.find(({ model }) => model === "keras");
  expect(() => unset.predict(tensorsOf(call?.inputs ?? {}))).toThrowError(
    /^running the signature serving_default of a saved model failed: .*variable/,
  );
  const torn = copy("torn");
  truncateSync(join(torn, "variables/variables.data-00000-of-00001"), 100);
  await expect(loadSavedModel(torn)).rejects.toThrowError(TensorFlowError);
  await opened(loadSavedModel(copy("whole")));
});
