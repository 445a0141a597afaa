/** What holds for every magic, because one description parses, helps, completes and inspects. */
import { describe, expect, it } from "vitest";
import { completeMagic } from "../../../kernel-ext/magics/completeMagic.js";
import { helpText } from "../../../kernel-ext/magics/help.js";
import { inspectMagic } from "../../../kernel-ext/magics/inspectMagic.js";
import { MagicError } from "../../../kernel-ext/magics/magicError.js";
import { magics } from "../../../kernel-ext/magics/magics.js";
import { parseArguments } from "../../../kernel-ext/magics/parseArguments.js";
import type { MagicDefinition } from "../../../kernel-ext/magics/registry.js";
import { type ChoiceOption, optionFlag } from "../../../kernel-ext/magics/schema.js";
import { prunerNames, samplerNames } from "../../../src/sweep/index.js";

const all = magics.list();
const sign = (magic: MagicDefinition) => (magic.kind === "cell" ? "%%" : "%");
const offers = async (source: string) =>
  (await completeMagic(source, source.length, { registry: magics, folder: ".", names: [] }))?.entries.map(
    ({ text }) => text,
  );

it("they are those of the design", () => {
  const names =
    "board doctor runs compare best profile sweep time timeit capture writefile npm env cd who reset history typecheck lsmagic clear";
  expect(all.map(({ name }) => name)).toEqual(names.split(" ").sort());
  const cells = magics.list("cell").map(({ name }) => name);
  expect(cells).toEqual(["capture", "profile", "sweep", "time", "timeit", "writefile"]);
});

describe.each(all.map((magic) => [magic.name, magic] as const))("%s", (name, magic) => {
  const options = Object.entries(magic.options ?? {});

  it("helps with every option, value and word, on inspection too", () => {
    const text = helpText(magic);
    for (const [key, option] of options) {
      expect(text).toContain(optionFlag(key));
      expect(text).toContain(option.summary);
      if ("choices" in option)
        for (const choice of option.choices ?? []) expect(text).toMatch(new RegExp(`[\\s|,]${choice}\\b`));
    }
    for (const { summary } of magic.positionals ?? []) expect(text).toContain(summary);
    const source = `${sign(magic)}${name} `;
    expect(inspectMagic(source, source.length - 2, magics)?.text).toBe(text);
  });

  it("completes its name, its options and their values", async () => {
    expect(await offers(`${sign(magic)}${name.slice(0, -1)}`)).toContain(`${sign(magic)}${name}`);
    const flags = options.map(([key]) => optionFlag(key));
    expect(await offers(`${sign(magic)}${name} --`)).toEqual(flags);
    for (const [key, option] of options) {
      if (option.type === "choice")
        expect(await offers(`${sign(magic)}${name} ${optionFlag(key)} `)).toEqual(option.choices);
    }
  });

  it("names the nearest option and value for a wrong one", () => {
    for (const [key, option] of options) {
      const flag = optionFlag(key);
      const wrong = `${flag.slice(0, 3)}q${flag.slice(3)}`;
      expect(() => parseArguments(magic, wrong)).toThrow(MagicError);
      expect(() => parseArguments(magic, wrong)).toThrow(
        new RegExp(`^${sign(magic)}${name} has no option ${wrong}\\. Did you mean ${flag}\\?$`),
      );
      if (option.type !== "choice") continue;
      for (const choice of option.choices)
        expect(() => parseArguments(magic, `${flag} ${choice}x`)).toThrow(`Did you mean ${choice}?`);
    }
  });

  it("reads its own examples", () => {
    for (const example of magic.examples ?? []) {
      const [, marks, called, text = ""] = /^(%%?)([\w-]+)(?: (.*))?/.exec(example) ?? [];
      if (called !== name) continue;
      expect(() => magics.parse({ name, kind: marks === "%" ? "line" : "cell", text })).not.toThrow();
    }
  });
});

it("%sweep offers what the library has", () => {
  const { sampler, pruner } = magics.resolve("sweep", "cell").options ?? {};
  expect(new Set((sampler as ChoiceOption).choices)).toEqual(new Set(samplerNames));
  expect(new Set((pruner as ChoiceOption).choices)).toEqual(new Set(prunerNames));
});

it("an unknown magic names the nearest", () => {
  expect(() => magics.resolve("bord", "line")).toThrow("there is no magic %bord. Did you mean %board?");
  expect(() => magics.resolve("captre", "cell")).toThrow("Did you mean %%capture?");
});
