// The runs of a set, trained into a folder or found there.
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { trainRun } from "./trainRun.mjs";

/**
 * @param definitions which, each with every seed
 * @param options.dir those that lie there by name of id and seed are taken as they are
 * @returns [{ definition, seed, dir }]
 */
export async function trainedIn(definitions, { seeds, dir }) {
  const found = existsSync(dir) ? readdirSync(dir) : [];
  const trained = [];
  for (const definition of definitions)
    for (const seed of seeds) {
      const name = found.find((folder) => folder.startsWith(`${definition.id}-s${seed}-`));
      const folder = name
        ? join(dir, name)
        : (await (definition.train ?? trainRun)(definition, { seed, dir })).dir;
      trained.push({ definition, seed, dir: folder });
    }
  return trained;
}
