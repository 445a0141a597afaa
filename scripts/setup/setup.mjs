// The set-up of a checkout, step by step. A step that is current is skipped; one that failed is tried again next time.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildIsCurrent, runBuild } from "./buildStep.mjs";
import { freeMegabytes, needed, readable, requireDisk } from "./disk.mjs";
import { findPython } from "./findPython.mjs";
import { installJupyterPackage, jupyterPackageIsCurrent } from "./jupyterPackage.mjs";
import { kernelSpecIsCurrent, writeKernelSpec } from "./kernelSpecStep.mjs";
import { keepCommonJs } from "./moduleType.mjs";
import { nativeIsCurrent, proveNative } from "./nativeStep.mjs";
import { installNpm, npmIsCurrent } from "./npmPackages.mjs";
import { chooseDevice, refuseMachine, thisMachine } from "./platform.mjs";
import { createProgress } from "./progress.mjs";
import { installPython } from "./pythonPackages.mjs";
import { SetupError } from "./setupError.mjs";
import { holdSetup } from "./setupLock.mjs";
import { hashOf, isCurrent, writeStamp } from "./stamp.mjs";

/**
 * @typedef {object} SetupOptions
 * @property {string} root the checkout
 * @property {boolean} [tests] also what only tests need
 * @property {boolean} [check] only tell what is missing; nothing is written
 * @property {ReturnType<typeof createProgress>} [progress]
 *
 * @typedef {keyof typeof import("./disk.mjs").sizes} Part
 * @typedef {import("./progress.mjs").Step} Line
 *
 * @typedef {object} SetupStep
 * @property {string} name for the progress line
 * @property {Part[]} parts what it fetches and needs on disk
 * @property {() => boolean} current
 * @property {(line: Line) => Promise<string | void>} run returns what to say when done
 */

/**
 * Brings the checkout to where everything runs. Returns the names of the steps that were run (with `check`: that
 * would be run). Throws a SetupError of one sentence; what was done stays, and the next call goes on from there.
 * @param {SetupOptions} options
 * @returns {Promise<string[]>}
 */
export async function setup({ root, tests = false, check = false, progress = createProgress() }) {
  const refused = refuseMachine(thisMachine());
  if (refused) throw new SetupError(refused);
  const device = chooseDevice();
  const steps = stepsOf({ root, tests, device });
  const missing = steps.filter((step) => !step.current());
  if (check || missing.length === 0) return missing.map(({ name }) => name);

  tellSizes({ root, missing, device, say: progress.say });
  if (missing.some(({ name }) => name.startsWith("Python"))) findPython();
  const release = await holdSetup(root, progress.say);
  try {
    const ran = [];
    for (const step of steps) {
      if (step.current()) continue;
      await runStep(step, progress.step(step.name));
      ran.push(step.name);
    }
    return ran;
  } finally {
    release();
  }
}

/**
 * @param {SetupStep} step
 * @param {Line} line
 */
async function runStep(step, line) {
  try {
    line.done((await step.run(line)) ?? "done");
  } catch (error) {
    line.done("stopped");
    throw error;
  }
}

/** @param {{ root: string, missing: SetupStep[], device: string, say: (text: string) => void }} options */
function tellSizes({ root, missing, device, say }) {
  const { fetch, disk } = needed(missing.flatMap(({ parts }) => parts));
  say(`Setting up tunelab in ${root}`);
  if (disk === 0) return;
  const kind = device === "cuda" ? "TensorFlow for NVIDIA GPUs" : "TensorFlow for the CPU";
  say(`  to fetch: about ${readable(fetch)} (npm and Python packages, ${kind})`);
  say(`  on disk:  about ${readable(disk)}, free ${readable(freeMegabytes(root))}`);
  requireDisk(root, disk);
}

/**
 * @param {{ root: string, tests: boolean, device: "cpu" | "cuda" }} options
 * @returns {SetupStep[]}
 */
function stepsOf({ root, tests, device }) {
  const log = (/** @type {string} */ name) => join(root, ".cache", "setup", `${name}.log`);
  const venv = join(root, ".venv");
  const lock = join(root, "locks", `${device}.txt`);
  const { fetch } = needed([device]);
  return [
    {
      name: "npm packages",
      parts: ["npm"],
      current: () => npmIsCurrent(root),
      run: (step) => installNpm({ root, log: log("npm"), step }),
    },
    {
      name: "build",
      parts: [],
      current: () => buildIsCurrent(root),
      run: () => runBuild(root, log("build")),
    },
    pythonStep({ root, venv, name: "Python packages", kind: device, log: log("python") }),
    jupyterStep({ root, venv, name: "Jupyter package", log: log("jupyter") }),
    ...(tests ? testSteps(root, log) : []),
    {
      name: "TensorFlow's library",
      parts: [],
      current: () => nativeIsCurrent(venv),
      run: (step) => proveNative({ root, venv, lock, log: log("native"), step, fetch }),
    },
    {
      name: "Jupyter kernel",
      parts: [],
      current: () => kernelSpecIsCurrent(root, venv),
      run: () => writeKernelSpec(root, venv),
    },
  ];
}

/**
 * @param {string} root
 * @param {(name: string) => string} log
 * @returns {SetupStep[]}
 */
function testSteps(root, log) {
  const venv = join(root, ".venv-test");
  return [
    pythonStep({ root, venv, name: "Python packages for tests", kind: "test", log: log("python-test") }),
    jupyterStep({ root, venv, name: "Jupyter package for tests", log: log("jupyter-test") }),
  ];
}

/**
 * @param {{ root: string, venv: string, name: string, log: string }} options
 * @returns {SetupStep}
 */
function jupyterStep({ root, venv, name, log }) {
  return {
    name,
    parts: [],
    current: () => jupyterPackageIsCurrent(root, venv),
    run: () => installJupyterPackage({ root, venv, log }),
  };
}

/**
 * @param {{ root: string, venv: string, name: string, kind: "cpu" | "cuda" | "test", log: string }} options
 * @returns {SetupStep}
 */
function pythonStep({ root, venv, name, kind, log }) {
  const lock = join(root, "locks", `${kind}.txt`);
  const stamp = join(venv, ".tunelab-stamp");
  const made = join(venv, ".tunelab-kind");
  const hash = () => hashOf([venv, { file: lock }]);
  return {
    name,
    parts: [kind],
    current: () => existsSync(join(venv, "bin", "python")) && isCurrent(stamp, hash()),
    async run(step) {
      if (isForeign(venv) || (existsSync(made) && !isCurrent(made, kind)))
        rmSync(venv, { recursive: true, force: true });
      await installPython({ root, venv, lock, log, step, fetch: needed([kind]).fetch });
      keepCommonJs(venv);
      writeStamp(made, kind);
      writeStamp(stamp, hash());
    },
  };
}

/**
 * True for an environment that was made in another place: its scripts name that place.
 * @param {string} venv
 */
function isForeign(venv) {
  const activate = join(venv, "bin", "activate");
  return existsSync(activate) && !readFileSync(activate, "utf8").includes(venv);
}
