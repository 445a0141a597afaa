import process from "node:process";
import { option } from "./option.mjs";

/** The whole number after `--name`, or `otherwise` without the option. Another one ends the process with a sentence. */
export function wholeOption(name, otherwise, least = 1) {
  const given = Number(option(name) ?? otherwise);
  if (Number.isInteger(given) && given >= least) return given;
  console.error(`--${name} needs a whole number of at least ${least}; it was given ${option(name)}`);
  process.exit(2);
}
