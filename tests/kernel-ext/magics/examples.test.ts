/** The examples of help, run in a real kernel. */
import { describe, expect, it } from "vitest";
import { magics } from "../../../kernel-ext/magics/magics.js";
import { kernelScene } from "../kernelScene.js";

const { run } = kernelScene();

describe("the examples that help shows", () => {
  const shown = ["time", "timeit", "capture", "env", "who", "typecheck", "history"].flatMap(
    (name) => magics.get(name)?.examples ?? [],
  );

  it("run as they stand, after cells that declare what they name", async () => {
    await run(
      "const slow = () => 1, xs = [1, 2], model = { predict: (of: number) => ({ data: async () => [of] }) };",
    );
    await run("const x = 2, out = { stdout: '' };");
    for (const example of shown) await run(example).catch((error) => expect.fail(`${example}: ${error}`));
    await run("%typecheck strict");
    expect(shown.length).toBeGreaterThan(10);
  });
});
