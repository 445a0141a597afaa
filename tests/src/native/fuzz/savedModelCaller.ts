/** Loads and runs saved models: with damaged files and right inputs, or whole with wrong inputs. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { loadSavedModel, SavedModel, tf as Tfjs } from "../../../../src/native/index.js";
import { damaged } from "./damaged.js";
import { damagedMessage } from "./damagedMessage.js";
import { type DataType, Draw, TensorSpec } from "./draw.js";
import { shown } from "./shown.js";
import { type Native, Tensors, type Tf } from "./tensors.js";
import { wrongly } from "./wrongly.js";

interface Tools {
  readonly tf: Tf;
  readonly binding: Native;
  readonly loadSavedModel: typeof loadSavedModel;
  /** The folder of the models that TensorFlow wrote, and of what it answers for them. */
  readonly oracles: string;
  /** Tells what is called now. */
  readonly say: (call: string) => void;
}

interface StoredCall {
  readonly model: string;
  readonly tags: string[];
  readonly signature: string;
  readonly inputs: Readonly<Record<string, StoredTensor>>;
}

interface StoredTensor {
  readonly dtype: string;
  readonly shape: number[];
  readonly values: readonly (number | string)[];
}

const files = [
  "saved_model.pb",
  "saved_model.pb",
  "saved_model.pb",
  "variables/variables.index",
  "variables/variables.data-00000-of-00001",
] as const;

export class SavedModelCaller {
  /** Signatures that were run. */
  executed = 0;
  readonly #tools: Tools;
  readonly #tensors: Tensors;
  readonly #calls: readonly StoredCall[];
  readonly #whole = new Map<StoredCall, SavedModel>();

  constructor(tools: Tools) {
    this.#tools = tools;
    this.#tensors = new Tensors(tools.tf, tools.binding);
    this.#calls = JSON.parse(readFileSync(join(tools.oracles, "exported.json"), "utf8"));
  }

  /** @throws what the call throws. */
  async call(seed: number, number: number): Promise<void> {
    const draw = new Draw((seed * 1_000_003 + number * 7919) | 0);
    const call = draw.pick(this.#calls);
    if (draw.chance(0.75)) await this.#damaged(draw, call);
    else await this.#wrong(draw, call);
  }

  async #damaged(draw: Draw, call: StoredCall): Promise<void> {
    const { oracles, say, loadSavedModel } = this.#tools;
    const folder = mkdtempSync(join(tmpdir(), "tunelab-damaged-"));
    try {
      cpSync(join(oracles, "exported", call.model), folder, { recursive: true });
      const file = join(folder, draw.pick(files));
      writeFileSync(file, this.#damage(draw, readFileSync(file)));
      say(`${call.signature} of ${call.model} with a damaged ${file.slice(folder.length + 1)}`);
      const model = await loadSavedModel(folder, call.tags, call.signature);
      try {
        this.#run(model, specsOf(call));
      } finally {
        model.dispose();
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  #damage(draw: Draw, bytes: Uint8Array): Uint8Array {
    return (draw.chance(0.7) ? damagedMessage(draw, bytes) : undefined) ?? damaged(draw, bytes);
  }

  async #wrong(draw: Draw, call: StoredCall): Promise<void> {
    const { oracles, say, loadSavedModel } = this.#tools;
    let given: unknown = draw.chance(0.7) ? specsOf(call) : Object.values(specsOf(call));
    for (let i = draw.int(1, 3); i > 0; i--) given = wrongly(draw, given);
    say(`${call.signature} of ${call.model} for ${shown(given)}`);
    let model = this.#whole.get(call);
    if (!model) {
      model = await loadSavedModel(join(oracles, "exported", call.model), call.tags, call.signature);
      this.#whole.set(call, model);
    }
    this.#run(model, given);
  }

  #run(model: SavedModel, given: unknown): void {
    const { tf } = this.#tools;
    tf.tidy(() => {
      const inputs = this.#tensors.made(given) as Tfjs.NamedTensorMap;
      this.executed++;
      for (const output of Object.values(model.predict(inputs))) output.dataSync();
    });
  }
}

function specsOf({ inputs }: StoredCall): Record<string, TensorSpec> {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, { dtype, shape, values }]) => {
      const each = dtype === "complex64" ? values.filter((_, i) => i % 2 === 0) : values;
      return [name, new TensorSpec(standingFor(dtype), shape, each)];
    }),
  );
}

/** The type of TensorFlow.js's that stands for one of TensorFlow's. */
function standingFor(dtype: string): DataType {
  if (dtype === "string" || dtype === "bool" || dtype === "complex64") return dtype;
  return dtype.includes("float") || dtype.includes("double") ? "float32" : "int32";
}
