/** Where TypeScript's native compiler lies: in a package of its own for each platform. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Throws an `Error` that names the missing package when npm did not install this platform's one. */
export function typescriptExecutable(): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = `@typescript/typescript-${platform}`;
  const own = createRequire(import.meta.url);
  try {
    const folder = dirname(
      createRequire(own.resolve("typescript/package.json")).resolve(`${name}/package.json`),
    );
    return join(folder, "lib", process.platform === "win32" ? "tsc.exe" : "tsc");
  } catch (cause) {
    throw new Error(`type checking requires the package ${name}, which is not installed: run npm install`, {
      cause,
    });
  }
}
