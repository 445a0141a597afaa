import process from "node:process";

/** What was given after `--name`; undefined without the option. */
export function option(name) {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}
