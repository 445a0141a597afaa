/** Where TensorFlow's two shared libraries lie on this machine. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { pythonSites } from "./pythonSites.js";

/** Both are from one wheel; `framework` must be loaded first, `cc` holds the C API. */
export interface LibtensorflowPaths {
  readonly framework: string;
  readonly cc: string;
  /** What led here, such as `TUNELAB_LIBTENSORFLOW` or `the checkout's .venv`. */
  readonly foundBy: string;
}

/** Thrown when no library is found, or the one found does not load. The message names the remedy. */
export class LibtensorflowError extends Error {
  override readonly name = "LibtensorflowError";
}

/** What brings the library. */
export const remedy =
  "run `npm start` once in tunelab's checkout, or set TUNELAB_LIBTENSORFLOW to the `tensorflow` folder of an installed TensorFlow wheel";

/**
 * Looks, in this order, at TUNELAB_LIBTENSORFLOW (a `tensorflow` folder, a virtual environment, or the
 * `libtensorflow_cc` file itself), the checkout's `.venv`, the active VIRTUAL_ENV or CONDA_PREFIX, then the `python3` on
 * the path. A folder may be what `pip install --target` filled.
 *
 * @throws LibtensorflowError when none holds the libraries, or TUNELAB_LIBTENSORFLOW names a place without them.
 */
export function findLibtensorflow(
  environment: NodeJS.ProcessEnv = process.env,
  checkout = packageRoot(),
): LibtensorflowPaths {
  const found = searchLibtensorflow(environment, checkout);
  if (found) return found;
  throw new LibtensorflowError(
    `loading TensorFlow needs its shared library, and none was found in the checkout's .venv, the active virtual environment or python3; ${remedy}`,
  );
}

/**
 * As `findLibtensorflow`; undefined where there is none.
 *
 * @throws LibtensorflowError when TUNELAB_LIBTENSORFLOW names a place without them: who asks for one wants that one.
 */
export function searchLibtensorflow(
  environment: NodeJS.ProcessEnv,
  checkout = packageRoot(),
): LibtensorflowPaths | undefined {
  const asked = environment.TUNELAB_LIBTENSORFLOW;
  if (asked) {
    const found = librariesUnder(asked, "TUNELAB_LIBTENSORFLOW");
    if (found) return found;
    throw new LibtensorflowError(
      `loading TensorFlow needs libtensorflow_cc and libtensorflow_framework, but TUNELAB_LIBTENSORFLOW=${asked} holds neither; ${remedy}`,
    );
  }
  return (
    (checkout ? librariesUnder(join(checkout, ".venv"), "the checkout's .venv") : undefined) ??
    librariesOfActive(environment) ??
    librariesOfPython(environment)
  );
}

function librariesOfActive(environment: NodeJS.ProcessEnv): LibtensorflowPaths | undefined {
  for (const name of ["VIRTUAL_ENV", "CONDA_PREFIX"]) {
    const place = environment[name];
    const found = place ? librariesUnder(place, name) : undefined;
    if (found) return found;
  }
  return undefined;
}

function librariesUnder(place: string, foundBy: string): LibtensorflowPaths | undefined {
  for (const folder of tensorflowFolders(place)) {
    const cc = firstExisting(folder, ["libtensorflow_cc.so.2", "libtensorflow_cc.2.dylib"]);
    const framework = firstExisting(folder, [
      "libtensorflow_framework.so.2",
      "libtensorflow_framework.2.dylib",
    ]);
    if (cc && framework) return { cc, framework, foundBy };
  }
  return undefined;
}

function tensorflowFolders(place: string): string[] {
  if (!existsSync(place)) return [];
  if (statSync(place).isFile()) return [dirname(place)];
  const lib = join(place, "lib");
  const pythons = existsSync(lib) ? readdirSync(lib).filter((name) => name.startsWith("python3.")) : [];
  return [
    place,
    join(place, "tensorflow"),
    ...pythons.map((name) => join(lib, name, "site-packages", "tensorflow")),
  ];
}

function firstExisting(folder: string, names: string[]): string | undefined {
  return names.map((name) => join(folder, name)).find((path) => existsSync(path));
}

function librariesOfPython(environment: NodeJS.ProcessEnv): LibtensorflowPaths | undefined {
  const { sites, isPart } = pythonSites(environment);
  for (const site of sites) {
    const found = librariesUnder(site, "python3");
    if (found) return found;
  }
  return isPart ? askPython(environment) : undefined;
}

function askPython(environment: NodeJS.ProcessEnv): LibtensorflowPaths | undefined {
  const script =
    "import importlib.util as u; s = u.find_spec('tensorflow'); print(s.submodule_search_locations[0] if s else '')";
  const result = spawnSync("python3", ["-c", script], {
    env: environment,
    encoding: "utf8",
    timeout: 10_000,
  });
  const folder = result.status === 0 ? result.stdout.trim() : "";
  return folder ? librariesUnder(folder, "python3") : undefined;
}

/** The folder of tunelab's own package.json, from the sources as well as from dist. */
function packageRoot(): string | undefined {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}
