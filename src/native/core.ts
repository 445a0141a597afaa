/** What computes in this process: TensorFlow's library, or WebAssembly where there is none. Decided once, at import. */
import {
  LibtensorflowError,
  type LibtensorflowPaths,
  remedy,
  searchLibtensorflow,
} from "./findLibtensorflow.js";

export interface Core {
  readonly name: "tensorflow" | "wasm";
  /** Whether TUNELAB_BACKEND asked for it. */
  readonly asked: boolean;
  /** Where the library was found; undefined where it is looked for at first need. */
  readonly paths?: LibtensorflowPaths;
}

/**
 * TUNELAB_BACKEND decides, `tensorflow` or `wasm`; without it WebAssembly computes where no library is found. A
 * TUNELAB_LIBTENSORFLOW that names a place without the library is no reason for it: the first op says so.
 *
 * @throws RangeError for another TUNELAB_BACKEND.
 */
export function chooseCore(
  environment: NodeJS.ProcessEnv = process.env,
  search: (environment: NodeJS.ProcessEnv) => LibtensorflowPaths | undefined = searchLibtensorflow,
): Core {
  const asked = environment.TUNELAB_BACKEND;
  if (asked === "tensorflow" || asked === "wasm") return { name: asked, asked: true };
  if (asked)
    throw new RangeError(`TUNELAB_BACKEND must be tensorflow or wasm where it is set, but is ${asked}`);
  try {
    const paths = search(environment);
    return paths ? { name: "tensorflow", asked: false, paths } : { name: "wasm", asked: false };
  } catch (error) {
    if (error instanceof LibtensorflowError) return { name: "tensorflow", asked: false };
    throw error;
  }
}

export const core: Core = chooseCore();

/** Whether WebAssembly computes. */
export const onWasm: boolean = core.name === "wasm";

/**
 * Call it first in what only TensorFlow's library can do.
 *
 * @param what such as `capturing a function`
 * @throws LibtensorflowError with the remedy where WebAssembly computes.
 */
export function needTensorflow(what: string): void {
  if (onWasm) throw new LibtensorflowError(withoutLibrary(what, core.asked));
}

/** The sentence of `needTensorflow`. */
export function withoutLibrary(what: string, asked: boolean): string {
  const needs = `${what} needs TensorFlow's library`;
  return asked
    ? `${needs}, but TUNELAB_BACKEND=wasm has WebAssembly compute; start without it`
    : `${needs}, but none was found, so WebAssembly computes; ${remedy}, then start again`;
}
