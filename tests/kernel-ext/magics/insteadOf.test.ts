import { expect, it } from "vitest";
import { insteadOf } from "../../../kernel-ext/magics/insteadOf.js";
import { magics } from "../../../kernel-ext/magics/magics.js";

it.each([
  ["pwd", "line", "there is no magic %pwd. process.cwd() tells the folder."],
  ["bash", "cell", "there is no magic %%bash. Begin a line with ! to run a command."],
  ["toString", "line", "there is no magic %toString. %lsmagic lists them."],
] as const)("what %s is here", (name, kind, told) => {
  expect(() => magics.resolve(name, kind)).toThrow(told);
});

it("names magics that there are, and none that is one", () => {
  for (const name of ["pwd", "ls", "cat", "mkdir", "bash", "sh", "system", "pip", "conda", "run", "load"])
    expect(magics.get(name), name).toBeUndefined();
  for (const name of ["load_ext", "matplotlib", "pip", "debug", "prun", "tensorboard"])
    for (const [, magic = ""] of (insteadOf(name) ?? "").matchAll(/%(\w+)/g))
      expect(magics.get(magic), magic).toBeDefined();
});
