// The programs under comparison, by name.
import { fileURLToPath } from "node:url";
import { Peer } from "../shared/peer.mjs";

export const python = fileURLToPath(new URL("../../.venv-bench/bin/python", import.meta.url));
const file = (name) => fileURLToPath(new URL(name, import.meta.url));
const env = { TF_CPP_MIN_LOG_LEVEL: "3", ABSL_MIN_LOG_LEVEL: "3" };

const node =
  (script, ...rest) =>
  (name) =>
    new Peer({ name, command: process.execPath, parameters: [file(script), ...rest], env });
const py =
  (script, ...rest) =>
  (name) =>
    new Peer({ name, command: python, parameters: [file(script), ...rest], env });

export const programs = {
  ours: node("ours.mjs"),
  ours16: node("ours.mjs", "float32", "16"),
  tfjs: node("stockTfjs.mjs"),
  pytorch1: py("pytorch.py", "1"),
  pytorch2: py("pytorch.py", "2"),
  torchCompile: py("pytorch.py", "2", "compile"),
  kerasFit: py("keras_peer.py", "fit"),
  tfFunction: py("keras_peer.py", "function"),
  jax: py("keras_peer.py", "jax"),
  oursBfloat16: node("ours.mjs", "bfloat16"),
  autocast1: py("pytorch.py", "1", "bfloat16"),
  autocast2: py("pytorch.py", "2", "bfloat16"),
};

/** Those that need no Python. */
export const inNode = ["ours", "ours16", "tfjs", "oursBfloat16"];

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
