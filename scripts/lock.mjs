// Makes Python's locks anew from locks/*.in: one lock for every Python and machine, hashed, naming no registry.
// `node scripts/lock.mjs` or `node scripts/lock.mjs cpu test libs/2.16`. Uses the pinned uv.
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findPython } from "./setup/findPython.mjs";
import { findUv } from "./setup/findUv.mjs";
import { runOrExplain } from "./setup/runOrExplain.mjs";
import { SetupError } from "./setup/setupError.mjs";

const root = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
const folder = join(root, "locks");
/** `runtime.in` is included by others and has no lock of its own. */
const all = [...readdirSync(folder), ...readdirSync(join(folder, "libs")).map((name) => join("libs", name))]
  .filter((name) => name.endsWith(".in") && name !== "runtime.in")
  .map((name) => name.slice(0, -".in".length));

await runOrExplain(async () => {
  const uv = await findUv({ root, python: findPython(), log: join(root, ".cache", "setup", "uv.log") });
  const asked = process.argv.slice(2);
  for (const name of asked.length > 0 ? asked : all) {
    if (!all.includes(name))
      throw new SetupError(`locks/${name}.in is not there; there are ${all.join(", ")}.`);
    // Of the libraries that `npm run test:libs` tries, the wheel alone: old ones have none for old Pythons.
    const scope = name.startsWith("libs") ? ["3.11", "--no-deps"] : ["3.10"];
    const kind = ["--universal", "--generate-hashes", "--python-version", ...scope];
    const plain = ["--no-annotate", "--no-header", "--quiet", "--upgrade"];
    const { status } = spawnSync(
      uv,
      ["pip", "compile", ...kind, ...plain, "-o", `${name}.txt`, `${name}.in`],
      {
        cwd: folder,
        stdio: "inherit",
      },
    );
    if (status !== 0) throw new SetupError(`locks/${name}.in could not be resolved.`);
  }
});
