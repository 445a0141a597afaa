/** Who makes the calls of each kind. */
import type { capture, loadSavedModel } from "../../../../src/native/index.js";
import { Caller } from "./caller.js";
import type { FuzzKind } from "./runFuzz.js";
import { SavedModelCaller } from "./savedModelCaller.js";
import type { Native, Tf } from "./tensors.js";

export interface CallerTools {
  readonly tf: Tf;
  readonly binding: Native;
  readonly capture: typeof capture;
  readonly loadSavedModel: typeof loadSavedModel;
  /** The folder of the models that TensorFlow wrote, and of what it answers for them. */
  readonly oracles: string;
  /** Tells what is called now. */
  readonly say: (call: string) => void;
}

/** Lifecycle: made once a process, called for any numbers in any order. */
interface AnyCaller {
  /** What reached TensorFlow so far. */
  readonly executed: number;
  /** @throws what the call throws. */
  call(seed: number, number: number): void | Promise<void>;
}

export const makeCaller: Readonly<Record<FuzzKind, (tools: CallerTools) => AnyCaller>> = {
  ops: (tools) => new Caller({ ...tools, captured: false }),
  capturedOps: (tools) => new Caller({ ...tools, captured: true }),
  savedModels: (tools) => new SavedModelCaller(tools),
};
