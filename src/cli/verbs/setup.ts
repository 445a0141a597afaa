/** `tunelab setup`: the same set-up as `npm start`. */

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "../checkout.js";
import type { Command } from "../command.js";

interface SetupVerb {
  setupVerb(options: { check: boolean; tests: boolean; json: boolean }): Promise<number>;
}

export const setupCommand: Command = {
  name: "setup",
  summary: "Install what is missing: npm and Python packages, the build, the Jupyter kernel.",
  options: {
    check: { type: "boolean", description: "only tell what is missing; exit code 1 if anything is" },
    tests: { type: "boolean", description: "also what only the tests need" },
    json: { type: "boolean", description: "one JSON object on standard output" },
  },
  async run({ options }) {
    const file = join(root, "scripts", "setup", "setupVerb.mjs");
    const { setupVerb } = (await import(pathToFileURL(file).href)) as SetupVerb;
    return setupVerb({
      check: options.check === true,
      tests: options.tests === true,
      json: options.json === true,
    });
  },
};
