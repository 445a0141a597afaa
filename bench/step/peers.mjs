// The programs under comparison, by name.
import { fileURLToPath } from "node:url";
import { Peer } from "../shared/peer.mjs";

const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const env = { TF_CPP_MIN_LOG_LEVEL: "3", ABSL_MIN_LOG_LEVEL: "3" };

const node =
  (script, ...rest) =>
  (name) =>
    new Peer({ name, command: process.execPath, parameters: [file(script), ...rest], env });
const inPython =
  (python) =>
  (script, ...rest) =>
  (name) =>
    new Peer({ name, command: python, parameters: [file(script), ...rest], env });

const ours = {
  ours: node("ours.mjs"),
  ours16: node("ours.mjs", "float32", "16"),
  tfjs: node("stockTfjs.mjs"),
  oursBfloat16: node("ours.mjs", "bfloat16"),
};

function onCpu(python) {
  const py = inPython(python);
  return {
    ...ours,
    pytorch1: py("pytorch.py", "1"),
    pytorch2: py("pytorch.py", "2"),
    torchCompile: py("pytorch.py", "2", "compile"),
    ...keras(py),
    autocast1: py("pytorch.py", "1", "bfloat16"),
    autocast2: py("pytorch.py", "2", "bfloat16"),
  };
}

function onGpu(python) {
  const py = inPython(python);
  return {
    ...ours,
    pytorch1: py("pytorch.py", "1", "cuda"),
    torchCompile: py("pytorch.py", "1", "cuda", "compile"),
    ...keras(py),
    autocast1: py("pytorch.py", "1", "cuda", "bfloat16"),
  };
}

function keras(py) {
  return {
    kerasFit: py("keras_peer.py", "fit"),
    tfFunction: py("keras_peer.py", "function"),
    jax: py("keras_peer.py", "jax"),
  };
}

/**
 * Who is compared on a device, and the Python that has the peers for it.
 *
 * @param {"cpu" | "gpu"} device
 */
export function lineUp(device) {
  const python = file(device === "gpu" ? "../../.venv-bench-gpu/bin/python" : "../../.venv-bench/bin/python");
  return { python, programs: device === "gpu" ? onGpu(python) : onCpu(python) };
}

/** Those that need no Python. */
export const inNode = Object.keys(ours);

/** Peers as the result names them, each the better of its programs. */
export const families = {
  tfjs: ["tfjs"],
  pytorch: ["pytorch1", "pytorch2"],
  torchCompile: ["torchCompile"],
  kerasFit: ["kerasFit"],
  tfFunction: ["tfFunction"],
  jax: ["jax"],
  autocast: ["autocast1", "autocast2"],
};
/** What `ratio` compares with: programs as people write them. The others compile the step. */
export const common = ["tfjs", "pytorch", "kerasFit", "tfFunction"];
export const compiling = ["torchCompile", "jax"];
