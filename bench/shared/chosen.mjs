import process from "node:process";

/**
 * The names after an option, separated by commas; undefined without the option. A name that is not known ends the
 * process with a sentence.
 */
export function chosen(option, known) {
  const at = process.argv.indexOf(`--${option}`);
  if (at < 0) return undefined;
  const given = (process.argv[at + 1] ?? "").split(",");
  const unknown = given.find((name) => !known.includes(name));
  if (unknown === undefined) return given;
  console.error(`--${option} needs some of ${known.join(",")}; it was given ${unknown || "nothing"}`);
  process.exit(2);
}
