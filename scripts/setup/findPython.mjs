// Finds a Python that TensorFlow has wheels for, by running each candidate: a pyenv shim can exist and still fail.
import { spawnSync } from "node:child_process";
import { SetupError } from "./setupError.mjs";

const candidates = ["python3.13", "python3.12", "python3.11", "python3.10", "python3"];

const question = `
import importlib.util as u, json, platform, struct, sys, sysconfig
print(json.dumps(dict(
  executable=sys.executable, version=list(sys.version_info[:3]), implementation=platform.python_implementation(),
  bits=8 * struct.calcsize("P"), freeThreaded=bool(sysconfig.get_config_var("Py_GIL_DISABLED")),
  venv=u.find_spec("venv") is not None, ensurepip=u.find_spec("ensurepip") is not None, pip=u.find_spec("pip") is not None)))
`;

/**
 * @typedef {object} Python
 * @property {string} executable
 * @property {[number, number, number]} version
 * @property {string} implementation
 * @property {number} bits
 * @property {boolean} freeThreaded
 * @property {boolean} venv
 * @property {boolean} ensurepip
 * @property {boolean} pip
 */

/**
 * What a command says about itself as a Python, or undefined if it does not run.
 * @param {string} command
 * @returns {Python | undefined}
 */
export function askPython(command) {
  const answer = spawnSync(command, ["-I", "-c", question], { encoding: "utf8", timeout: 30_000 });
  if (answer.status !== 0) return undefined;
  try {
    return JSON.parse(answer.stdout);
  } catch {
    return undefined;
  }
}

/**
 * Why a Python cannot be used, or undefined when it can.
 * @param {Python} python
 * @returns {string | undefined}
 */
export function refusePython({ version, implementation, bits, freeThreaded }) {
  const [major, minor] = version;
  if (implementation !== "CPython") return `is ${implementation}`;
  if (major !== 3 || minor < 10 || minor > 13) return `is Python ${version.join(".")}`;
  if (bits !== 64) return `is a ${bits}-bit build`;
  if (freeThreaded) return "is a free-threaded build";
  return undefined;
}

/**
 * The first usable Python of TUNELAB_PYTHON (alone, if set), python3.13 … python3.10, python3.
 * Throws a SetupError of one sentence if there is none.
 * @returns {Python}
 */
export function findPython(env = process.env) {
  const asked = env.TUNELAB_PYTHON;
  /** @type {string[]} */
  const refused = [];
  for (const command of asked ? [asked] : candidates) {
    const python = askPython(command);
    if (!python) continue;
    const why = refusePython(python);
    if (!why) return python;
    refused.push(`${command} ${why}`);
  }
  const found = refused.length > 0 ? refused.join(", ") : asked ? `${asked} does not run` : "none was found";
  throw new SetupError(
    asked
      ? `TUNELAB_PYTHON must name a CPython 3.10, 3.11, 3.12 or 3.13; ${found}.`
      : `tunelab needs Python 3.10, 3.11, 3.12 or 3.13 (python3.13 … python3.10 or python3 on the PATH, or TUNELAB_PYTHON); ${found}.`,
  );
}
