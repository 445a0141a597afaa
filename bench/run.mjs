// `npm run bench -- NAME [--short]`: runs bench/<name>.mjs. Its last line is `RESULT {json}`.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));
const names = readdirSync(here)
  .filter((file) => file.endsWith(".mjs") && file !== "run.mjs")
  .map((file) => file.slice(0, -".mjs".length));
const [name, ...rest] = process.argv.slice(2);

if (name === undefined || !names.includes(name)) {
  console.error(
    `npm run bench needs the name of a bench, one of ${names.join(", ")}; it was given ${name ?? "none"}`,
  );
  process.exit(2);
}
if (name !== "gpu" && !existsSync(`${here}../.venv-bench/bin/python`))
  console.error("The Python peers are missing: run `npm run bench:setup` first.");
const built = spawnSync(process.execPath, [`${here}../scripts/build.mjs`], { stdio: "inherit" });
if (built.status !== 0) process.exit(1);
const { status } = spawnSync(process.execPath, [`${here}${name}.mjs`, ...rest], { stdio: "inherit" });
process.exit(status ?? 1);
