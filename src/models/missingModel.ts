/** Errors of `load` where files are missing: what it needed, what it was given, and the nearest folder with a model. */
import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { nearestName } from "../base/nearestName.js";

/** Of a folder that holds no `model.json`, or that there is not. */
export function missingModel(folder: string): Error {
  const within = modelsIn(folder);
  const [first] = within;
  if (first !== undefined)
    return missing(`there is none in "${folder}", but in ${within.map(quoted).join(", ")}`);
  const given = existsSync(folder) ? `there is none in "${folder}"` : `there is no "${folder}"`;
  const beside = modelsIn(dirname(folder));
  const near = nearestName(
    basename(folder),
    beside.map((path) => basename(path)),
  );
  const meant = beside.find((path) => basename(path) === near);
  if (meant !== undefined) return missing(`${given}. Did you mean ${quoted(meant)}?`);
  return missing(beside.length === 0 ? given : `${given}, but in ${beside.map(quoted).join(", ")}`);
}

/** Of a weights file that `model.json` names. */
export function missingWeights(folder: string, path: string): Error {
  return withCode(
    `loading "${folder}" needs the weights file that its model.json names; there is no "${path}" in it`,
  );
}

function missing(given: string): Error {
  return withCode(`loading a model needs a folder that models.save wrote, with a model.json; ${given}`);
}

/** Most folders to name. */
const most = 5;

/** Folders with a `model.json` in `folder`; none where it cannot be read. */
function modelsIn(folder: string): string[] {
  try {
    return readdirSync(folder)
      .map((name) => join(folder, name))
      .filter((path) => existsSync(join(path, "model.json")))
      .slice(0, most);
  } catch {
    return [];
  }
}

const quoted = (path: string): string => `"${path}"`;

/** The code is for programs: a person has read it in the message. */
function withCode(message: string): Error {
  return Object.defineProperty(new Error(message), "code", { value: "ENOENT" });
}
