/** What a magic says of what it cannot take: one sentence, without a stack. */
import { describe, expect, it } from "vitest";
import { magics } from "../../../kernel-ext/magics/magics.js";
import { kernelScene } from "../kernelScene.js";

const scene = kernelScene();

describe("a magic that refuses what it was given", () => {
  const refusal = async (source: string) => {
    const { ename, evalue, traceback } = (await scene.kernel.execute(source)).reply;
    expect(ename, source).toBe("MagicError");
    expect((traceback as string[]).join("\n").split("\n"), source).toHaveLength(1);
    return String(evalue);
  };

  it.each(
    magics.list().flatMap(({ name, kind }) => {
      if (kind !== "both") return [`${kind === "cell" ? "%%" : "%"}${name}`];
      return [`%${name}`, `%%${name}`];
    }),
  )("is a MagicError of %s for an unknown option", async (called) => {
    expect(await refusal(`${called} --no-such-option`)).toMatch(
      new RegExp(`^${called} has no option --no-such-option\\.`),
    );
  });

  it.each([
    ["%bord", /^there is no magic %bord\./],
    ["1;\n%%time", /^%%time works on a whole cell/],
    ["%writefile x", /^%%writefile works on a whole cell/],
    ["%time", /^%time requires code/],
    ["%timeit", /^%timeit requires code/],
    ["%profile", /^%profile requires code/],
    ["%%time 1 + 1\n2", /^%%time runs the lines below it, but was given "1 \+ 1" beside it$/],
    ["%%timeit 1 + 1\n2", /^%%timeit runs the lines below it/],
    ["%%profile 1 + 1\n2", /^%%profile runs the lines below it/],
    ["%time (1", /cannot be read/],
    ["%cd no/such/folder", /^%cd requires a folder/],
    ["%env NO_SUCH_VARIABLE", /^%env knows no variable/],
    ["%history one", /^%history takes cells/],
    ["%%writefile ../outside\n1", /^%%writefile keeps relative paths inside/],
    ["%%capture 1x\n1", /^%%capture requires a variable's name/],
    ["%doctor none-such", /^find run "none-such"/],
    ["%runs none-such", /^find run "none-such"/],
    ["%board none-such", /"none-such" is none/],
    ["%compare none-such other", /^find run "none-such"/],
    ["%best none-such", /given "none-such"/],
    ["%sweep", /^%sweep requires the function to call/],
    ["%sweep noneSuch x=int(1, 2) --maximize", /^%sweep requires a function of this notebook/],
    ["%sweep fetch x=int(1 --maximize", /never closed/],
    ["%%sweep s --cells 9-1 --maximize\n(trial) => 1", /^--cells takes numbers and ranges/],
  ])("is a MagicError: %j", async (source, message) => {
    expect(await refusal(source)).toMatch(message);
  });

  it("leaves the errors of a person's code their names", async () => {
    for (const source of ["%time JSON.parse('x')", "%%time\nJSON.parse('x')", "%%capture\nJSON.parse('x')"])
      expect((await scene.kernel.execute(source)).reply.ename, source).toBe("SyntaxError");
  });
});

it("an unknown magic that is asked about is told which one is near", async () => {
  const { reply } = await scene.kernel.execute("%timit?");
  expect(reply.payload).toMatchObject([
    { source: "page", data: { "text/plain": "there is no magic %timit. Did you mean %timeit?" } },
  ]);
});
