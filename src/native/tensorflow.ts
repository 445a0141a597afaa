/** The one TensorFlow of this process: the loaded library and its eager context, made at first need. */
import { closeSync, openSync } from "node:fs";
import { availableParallelism } from "node:os";
import koffi, { type KoffiFunc, type LibraryHandle } from "koffi";
import { type ContextConfig, configProto } from "./configProto.js";
import { core, needTensorflow } from "./core.js";
import { bindCApi, type CApi, type Memory, type Pointer } from "./ffi.js";
import { findLibtensorflow, LibtensorflowError, type LibtensorflowPaths } from "./findLibtensorflow.js";
import { hintFor, withoutNodeDef } from "./hint.js";
import { oneDnnIsOn } from "./oneDnn.js";
import { giveBackPages } from "./unchangedPages.js";
import { refuseVersion } from "./versions.js";

/**
 * What TensorFlow refused, in one sentence: the op with its inputs' types and shapes, TensorFlow's own words, and what
 * helps where that is known.
 */
export class TensorFlowError extends Error {
  override readonly name = "TensorFlowError";
  /** `TF_Code`: 3 invalid argument, 5 not found, 8 resource exhausted, 12 unimplemented, … */
  declare readonly code: number;
  /** TensorFlow's own words alone. */
  declare readonly reason: string;

  constructor(message: string, { code, reason }: { readonly code: number; readonly reason: string }) {
    super(message);
    // For code that asks. Shown below the stack, they would only repeat the message.
    Object.defineProperties(this, { code: { value: code }, reason: { value: reason } });
  }
}

export interface Device {
  /** `/job:localhost/replica:0/task:0/device:GPU:0` */
  readonly name: string;
  /** `CPU`, `GPU` */
  readonly type: string;
}

export interface TensorFlow {
  readonly api: CApi;
  readonly context: Pointer;
  /** Reused by every synchronous call; an asynchronous one needs its own. */
  readonly status: Pointer;
  readonly memcpy: (to: Pointer | Memory, from: Pointer | Memory, bytes: number) => void;
  readonly paths: LibtensorflowPaths;
  readonly config: ContextConfig;
  readonly devices: readonly Device[];
  /** The first GPU's name, if there is one. */
  readonly gpu: string | undefined;
  /** Whether it computes with oneDNN's kernels, as it was decided when it was loaded. */
  readonly oneDnn: boolean;
}

const remedy =
  "run `npm start` again, or set TUNELAB_LIBTENSORFLOW to the `tensorflow` folder of another TensorFlow wheel";

let loaded: TensorFlow | undefined;

/**
 * Loads libtensorflow on the first call (about a second) and makes the eager context.
 *
 * @throws LibtensorflowError when the library is not found or does not load (the next call tries again), and where
 *   WebAssembly computes.
 */
export function tensorflow(): TensorFlow {
  if (loaded) return loaded;
  needTensorflow("this");
  loaded = load(core.paths ?? findLibtensorflow());
  return loaded;
}

/** Whether it was needed so far: asking it anything else loads it. */
export function tensorflowIsLoaded(): boolean {
  return loaded !== undefined;
}

/** Throws TensorFlow's own message, and a hint where one is known, unless the last call that was given `status` succeeded. */
export function check(tf: TensorFlow, what: () => string, status = tf.status): void {
  const code = tf.api.TF_GetCode(status);
  if (code === 0) return;
  const reason = tf.api.TF_Message(status);
  tf.api.TF_SetStatus(status, 0, "");
  throw new TensorFlowError(`${what()}: ${withoutNodeDef(reason)}${hintFor(code, reason)}`, { code, reason });
}

function load(paths: LibtensorflowPaths): TensorFlow {
  const oneDnn = oneDnnIsOn();
  const libc = koffi.load(process.platform === "darwin" ? "libSystem.B.dylib" : "libc.so.6");
  const level = quiet(libc);
  if (level === 0) stayLoaded(libc, paths.framework);
  else withoutStderr(libc, () => stayLoaded(libc, paths.framework));
  stayLoaded(libc, paths.cc);
  const api = openLibraries(paths);
  const refused = refuseVersion(api.TF_Version());
  if (refused) throw new LibtensorflowError(`${refused} (${paths.cc}, found by ${paths.foundBy}); ${remedy}`);
  const config = contextConfig();
  const status = api.TF_NewStatus();
  const context = newContext(api, config, status);
  const devices = listDevices(api, context, status);
  giveBackPages(libc, [paths.framework, paths.cc]);
  const copy = libc.func("memcpy", "void *", ["void *", "void *", "size_t"]);
  return {
    api,
    context,
    status,
    memcpy: copy as KoffiFunc<(to: Pointer | Memory, from: Pointer | Memory, bytes: number) => void>,
    paths,
    config,
    devices,
    gpu: devices.find((device) => device.type === "GPU")?.name,
    oneDnn,
  };
}

/** Keeps TensorFlow's chatter off stderr, unless the person set the level. Works from worker threads too. */
function quiet(libc: LibraryHandle): number {
  const level = process.env.TF_CPP_MIN_LOG_LEVEL || "2";
  libc.func("setenv", "int", ["str", "str", "int"])("TF_CPP_MIN_LOG_LEVEL", level, 1);
  return Number(level);
}

/**
 * The framework greets on stderr while it loads, before its log level counts. An error of the loading itself is not
 * lost: koffi reports it when it opens the same file afterwards.
 */
function withoutStderr(libc: LibraryHandle, load: () => void): void {
  const dup = libc.func("dup", "int", ["int"]);
  const dup2 = libc.func("dup2", "int", ["int", "int"]);
  const stderr = dup(2);
  const nowhere = openSync("/dev/null", "w");
  dup2(nowhere, 2);
  try {
    load();
  } finally {
    dup2(stderr, 2);
    closeSync(stderr);
    closeSync(nowhere);
  }
}

/**
 * Opens a library so that it is never unloaded: koffi closes what it opened when the process ends, and
 * TensorFlow's own destructors then end it with a segmentation fault.
 */
function stayLoaded(libc: LibraryHandle, path: string): void {
  const dlopen = libc.func("dlopen", "void *", ["str", "int"]);
  // RTLD_NOW | RTLD_GLOBAL | RTLD_NODELETE
  const flags = process.platform === "darwin" ? 0x2 | 0x8 | 0x80 : 0x2 | 0x100 | 0x1000;
  dlopen(path, flags);
}

function openLibraries(paths: LibtensorflowPaths): CApi {
  try {
    koffi.load(paths.framework, { global: true });
    return bindCApi(koffi.load(paths.cc, { global: true }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new LibtensorflowError(
      `loading TensorFlow from ${paths.cc} (found by ${paths.foundBy}) failed: ${reason}; ${remedy}`,
    );
  }
}

/**
 * Thread counts come from TensorFlow's own variables, TF_NUM_INTRAOP_THREADS and TF_NUM_INTEROP_THREADS; how much of
 * the GPU's memory this process takes at most, in megabytes, from TUNELAB_GPU_MEMORY.
 */
function contextConfig(): ContextConfig {
  const cores = availableParallelism();
  return {
    intraOpThreads: wholeNumber("TF_NUM_INTRAOP_THREADS", 4096) ?? cores,
    interOpThreads: wholeNumber("TF_NUM_INTEROP_THREADS", 4096) ?? cores,
    allowGrowth: true,
    gpuMemoryLimit: wholeNumber("TUNELAB_GPU_MEMORY", 2 ** 24) ?? 0,
    graphRewrites: false,
  };
}

/** A variable's value from 0 to `most`; undefined where it is not set, or 0. */
function wholeNumber(variable: string, most: number): number | undefined {
  const text = process.env[variable];
  if (!text) return undefined;
  const count = Number(text);
  if (!Number.isInteger(count) || count < 0 || count > most)
    throw new RangeError(`${variable} must be a whole number from 0 to ${most}, but is "${text}"`);
  return count === 0 ? undefined : count;
}

function newContext(api: CApi, config: ContextConfig, status: Pointer): Pointer {
  const options = api.TFE_NewContextOptions();
  const proto = configProto(config);
  api.TFE_ContextOptionsSetConfig(options, proto, proto.length, status);
  const context = api.TFE_NewContext(options, status);
  api.TFE_DeleteContextOptions(options);
  if (api.TF_GetCode(status) !== 0)
    throw new LibtensorflowError(`making TensorFlow's eager context failed: ${api.TF_Message(status)}`);
  return context;
}

function listDevices(api: CApi, context: Pointer, status: Pointer): Device[] {
  const list = api.TFE_ContextListDevices(context, status);
  const devices = Array.from({ length: api.TF_DeviceListCount(list) }, (_, i) => ({
    name: api.TF_DeviceListName(list, i, status),
    type: api.TF_DeviceListType(list, i, status),
  }));
  api.TF_DeleteDeviceList(list);
  return devices;
}
