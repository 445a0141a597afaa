// The compiled library and kernel in dist/.
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { runLogged } from "./runLogged.mjs";
import { SetupError } from "./setupError.mjs";
import { hashOf, isCurrent, writeStamp } from "./stamp.mjs";

/** @param {string} root */
const stampOf = (root) => join(root, "dist", ".tunelab-stamp");

/** @param {string} root */
export function buildIsCurrent(root) {
  return existsSync(join(root, "dist", "src", "index.js")) && isCurrent(stampOf(root), hashSources(root));
}

/**
 * @param {string} root
 * @param {string} log
 */
export async function runBuild(root, log) {
  const hash = hashSources(root);
  const { code, tail } = await runLogged(process.execPath, [join(root, "scripts", "build.mjs")], {
    cwd: root,
    log,
  });
  if (code !== 0)
    throw new SetupError(
      `The build failed: ${tail.split("\n").find((line) => /error/i.test(line)) ?? tail}`,
      log,
    );
  writeStamp(stampOf(root), hash);
}

/** @param {string} root */
function hashSources(root) {
  const files = ["src", "kernel-ext"]
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((name) =>
        join(folder, name),
      ),
    )
    .filter((name) => name.endsWith(".ts") && statSync(join(root, name)).isFile())
    .sort();
  return hashOf([
    ...files.flatMap((name) => [name, { file: join(root, name) }]),
    // How it is compiled, and by which versions of the compilers and of what is built in.
    ...["tsconfig.json", "scripts/build.mjs", "scripts/bundleKernel.mjs", "package-lock.json"].map(
      (name) => ({
        file: join(root, name),
      }),
    ),
  ]);
}
