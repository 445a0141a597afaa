/** %npm install: packages that cells can import at once. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { resultText } from "../kernelClient.js";
import { kernelScene } from "../kernelScene.js";

const scene = kernelScene();
const { run } = scene;

describe("%npm install", () => {
  it("makes a tarball's package importable too", async () => {
    const source = join(scene.kernel.folder, "packed");
    mkdirSync(source);
    writeFileSync(
      join(source, "package.json"),
      JSON.stringify({ name: "packed-package", version: "1.0.0", main: "index.js", types: "index.d.ts" }),
    );
    writeFileSync(join(source, "index.js"), "exports.packed = 6;");
    writeFileSync(join(source, "index.d.ts"), "export declare const packed: number;");
    await run("!npm pack ./packed --silent");
    await run("%npm install ./packed-package-1.0.0.tgz");
    expect(resultText(await run("import { packed } from 'packed-package'; packed * 7"))).toBe("42");
    await expect(run("packed.length")).rejects.toThrow(/'length' does not exist on type 'number'/);
  });

  it("makes a package importable with its types, without a restart, also after an import that failed", async () => {
    const source = join(scene.kernel.folder, "tiny-source");
    mkdirSync(source);
    writeFileSync(
      join(source, "package.json"),
      JSON.stringify({
        name: "tiny-package",
        version: "1.0.0",
        type: "module",
        exports: { ".": { types: "./index.d.ts", default: "./index.js" } },
      }),
    );
    writeFileSync(join(source, "index.js"), "export const tiny = 'small';");
    writeFileSync(join(source, "index.d.ts"), "export declare const tiny: 'small';");
    await expect(run("import { tiny } from 'tiny-package'; tiny")).rejects.toThrow(
      /Cannot find module 'tiny-package'/,
    );
    await run("%npm install ./tiny-source");
    expect(resultText(await run("import { tiny } from 'tiny-package'; tiny"))).toBe("'small'");
    await expect(run("tiny satisfies 'big'")).rejects.toThrow(/does not satisfy/);
  });
});
