/** The WebAssembly program of TensorFlow.js, started at once: the package's own way to it waits. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resourceExhausted } from "../hint.js";
import { TensorFlowError } from "../tensorflow.js";

type Call = (...values: never[]) => unknown;

/** What Emscripten makes of the program, and the functions that the backend wants under `tfjs`. */
export interface WasmModule {
  cwrap(name: string, returns: "number" | null, takes: readonly string[]): Call;
  /** Where so many bytes may lie; 0 where there is no room. */
  _malloc(bytes: number): number;
  _free(offset: number): void;
  HEAPU8: Uint8Array;
  tfjs: Record<string, Call>;
}

interface Settings {
  instantiateWasm(imports: object, ready: (instance: Instance) => void): object;
}

interface Instance {
  readonly exports: object;
}

/** What is used of it: its types are the browser's. */
const { WebAssembly: assembly } = globalThis as unknown as {
  WebAssembly: {
    Module: new (program: Uint8Array) => object;
    Instance: new (module: object, imports: object) => Instance;
    validate(program: Uint8Array): boolean;
  };
};

const load = createRequire(import.meta.url);
const folder = "@tensorflow/tfjs-backend-wasm";

/** Takes some 20 ms. On one core: threads would be workers of Node's that keep the process alive. */
export function startWasm(): WasmModule {
  const start = load(`${folder}/wasm-out/tfjs-backend-wasm.js`) as (settings: Settings) => unknown;
  const module = {
    instantiateWasm(imports, ready) {
      const instance = new assembly.Instance(new assembly.Module(program()), imports);
      ready(instance);
      return instance.exports;
    },
  } as Settings & WasmModule;
  withoutListeners(() => start(module));
  module._malloc = guarded(module._malloc);
  const { cwrap } = module;
  module.tfjs = {
    init: cwrap("init", null, []),
    initWithThreadsCount: cwrap("init_with_threads_count", null, ["number"]),
    getThreadsCount: cwrap("get_threads_count", "number", []),
    registerTensor: cwrap("register_tensor", null, ["number", "number", "number"]),
    disposeData: cwrap("dispose_data", null, ["number"]),
    dispose: cwrap("dispose", null, []),
  };
  return module;
}

/** Data written where there is no room would overwrite the program's own. */
function guarded(malloc: WasmModule["_malloc"]): WasmModule["_malloc"] {
  return (bytes) => {
    const offset = malloc(bytes);
    if (offset !== 0) return offset;
    const reason = `WebAssembly holds 4 GB at most, and has no room for ${megabytes(bytes)} MB more`;
    throw new TensorFlowError(`making a tensor failed: ${reason}`, { code: resourceExhausted, reason });
  };
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 2 ** 20);
}

/** With vector instructions where the processor has those that WebAssembly asks for. */
function program(): Uint8Array {
  const read = (name: string) => readFileSync(load.resolve(`${folder}/dist/${name}.wasm`));
  const vectors = read("tfjs-backend-wasm-simd");
  return assembly.validate(vectors) ? vectors : read("tfjs-backend-wasm");
}

/** Emscripten would throw again whatever the process did not catch: that is not its business. */
function withoutListeners(start: () => void): void {
  const events = ["uncaughtException", "unhandledRejection"] as const;
  const before = new Set(events.flatMap((event) => process.listeners(event as "exit")));
  start();
  for (const event of events)
    for (const listener of process.listeners(event as "exit"))
      if (!before.has(listener)) process.off(event, listener);
}
