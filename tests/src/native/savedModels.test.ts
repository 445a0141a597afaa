import { fileURLToPath } from "node:url";
import { expect, it, vi } from "vitest";
import { binding } from "../../../src/native/binding.js";
import { DType } from "../../../src/native/dtypes.js";
import { tensorflow } from "../../../src/native/tensorflow.js";

/** Made by tests/oracles/native/savedModel.py: doubled = 2x, label = "class " + name. */
const folder = fileURLToPath(new URL("../../oracles/native/savedModel", import.meta.url));

it("loads, runs and closes a saved model", () => {
  const id = binding.loadSavedModel(folder, "serve");
  expect(binding.getNumOfSavedModels()).toBe(1);
  const x = binding.createTensor([2], DType.float32, Float32Array.of(1.5, -2));
  const name = binding.createTensor([], DType.string, [new TextEncoder().encode("seven")]);
  const inputs = "serving_default_x:0,serving_default_name:0";
  const [doubled, label] = binding.runSavedModel(
    id,
    [x, name],
    inputs,
    "PartitionedCall:0,PartitionedCall:1",
  );
  expect(binding.tensorDataSync(doubled?.id ?? -1)).toEqual(Float32Array.of(3, -4));
  const [bytes] = binding.tensorDataSync(label?.id ?? -1) as unknown as Uint8Array[];
  expect(new TextDecoder().decode(bytes)).toBe("class seven");
  expect(() => binding.runSavedModel(id, [x], inputs, "PartitionedCall:0")).toThrowError(
    /does not match the length of input tensors/,
  );
  expect(() => binding.runSavedModel(id, [x], "nothing:0", "PartitionedCall:0")).toThrowError(
    /no operation named nothing/,
  );
  binding.deleteSavedModel(id);
  expect(binding.getNumOfSavedModels()).toBe(0);
});

it("says which input cannot be read, and frees those that were", () => {
  const { api } = tensorflow();
  const id = binding.loadSavedModel(folder, "serve");
  const x = binding.createTensor([2], DType.float32, Float32Array.of(1, 2));
  const name = binding.createTensor([], DType.string, [new TextEncoder().encode("seven")]);
  const resolve = api.TFE_TensorHandleResolve;
  const read = vi.spyOn(api, "TFE_TensorHandleResolve");
  read.mockImplementationOnce(resolve).mockImplementationOnce((_, status) => {
    api.TF_SetStatus(status, 13, "the device is gone");
    return 0n;
  });
  const freed = vi.spyOn(api, "TF_DeleteTensor");
  const inputs = "serving_default_x:0,serving_default_name:0";
  const run = () => binding.runSavedModel(id, [x, name], inputs, "PartitionedCall:0");
  expect(run).toThrowError(/reading string\[\] for a saved model failed: the device is gone/);
  expect(freed).toHaveBeenCalledTimes(1);
  vi.restoreAllMocks();
  expect(run()).toHaveLength(1);
  binding.deleteSavedModel(id);
});

it("says which folder holds no saved model", () => {
  expect(() => binding.loadSavedModel("/nowhere", "serve")).toThrowError(
    /loading the saved model in \/nowhere failed/,
  );
});
