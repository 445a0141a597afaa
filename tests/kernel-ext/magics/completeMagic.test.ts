import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { completeMagic } from "../../../kernel-ext/magics/completeMagic.js";
import { helpText } from "../../../kernel-ext/magics/help.js";
import { inspectMagic } from "../../../kernel-ext/magics/inspectMagic.js";
import { defineMagic, type MagicDefinition, MagicRegistry } from "../../../kernel-ext/magics/registry.js";

const sweep = defineMagic({
  name: "sweep",
  kind: "both",
  summary: "Searches hyper-parameters.",
  options: {
    trials: { type: "integer", min: 1, default: 20, summary: "How many trials", placeholder: "N" },
    sampler: { type: "choice", choices: ["grid", "random", "tpe"], summary: "How to search" },
    kind: { type: "list", choices: ["scalars", "histograms", "text"], summary: "What to show" },
    html: { type: "text", placeholder: "FILE", summary: "Where to write" },
    resume: { type: "flag", summary: "Go on" },
  },
  positionals: [{ name: "function", summary: "What to call", suggest: (_, { names }) => names }],
  examples: ["%sweep train"],
  run: () => undefined,
});
const time = defineMagic({ name: "time", kind: "cell", summary: "Times a cell.", run: () => undefined });
const registry = new MagicRegistry([sweep as MagicDefinition, time as MagicDefinition]);

const folder = mkdtempSync(join(tmpdir(), "complete-magic-"));
mkdirSync(join(folder, "boards"));
writeFileSync(join(folder, "boards", "one.html"), "");

/** `|` is the cursor. Gives what is replaced and the offers. */
async function offers(text: string): Promise<[replaced: string, ...texts: string[]] | undefined> {
  const offset = text.indexOf("|");
  const source = text.replace("|", "");
  const found = await completeMagic(source, offset, { registry, folder, names: ["train", "test"] });
  return found && [source.slice(found.start, offset), ...found.entries.map((entry) => entry.text)];
}

describe("completeMagic", () => {
  it.each<[string, string, ...string[]]>([
    ["%sw|", "%sw", "%sweep", "%%sweep"],
    ["%|", "%", "%sweep", "%%sweep", "%%time"],
    ["1\n%|", "%", "%sweep"],
    ["%%ti|", "%%ti", "%%time"],
    ["%sweep --s|", "--s", "--sampler"],
    ["%sweep --trials 3 --|", "--", "--sampler", "--kind", "--html", "--resume"],
    ["%sweep --sampler |", "", "grid", "random", "tpe"],
    ["%sweep --sampler=t|", "t", "tpe"],
    ["%sweep --kind scalars,|", "scalars,", "scalars,histograms", "scalars,text"],
    ["%sweep --html bo|", "bo", "boards/"],
    ["%sweep --html boards/|", "boards/", "boards/one.html"],
    ["%sweep t|", "t", "train", "test"],
    ["%sweep --resume t|", "t", "train", "test"],
    ["  %sweep --re|", "--re", "--resume"],
    ["const e = '😀'\n%sweep --sampler r|", "r", "random"],
  ])("%j replaces %j", async (text, replaced, ...texts) => {
    expect(await offers(text)).toEqual([replaced, ...texts]);
  });

  it("leaves everything else to TypeScript", async () => {
    for (const text of ["`\n%sw|`", "const a = 1\nf(\n%sw|)", "a |", "%sweep x\na|", "1\n%%ti|"])
      expect(await offers(text)).toBeUndefined();
  });
});

describe("help", () => {
  it("says everything the schema says", () => {
    expect(helpText(sweep as MagicDefinition)).toBe(
      `%sweep [--trials N] [--sampler grid|random|tpe] [--kind LIST] [--html FILE] [--resume] [FUNCTION]

Searches hyper-parameters.

Words:
  [FUNCTION]  What to call

Options:
  --trials N                 How many trials (a whole number ≥ 1; default 20)
  --sampler grid|random|tpe  How to search
  --kind LIST                What to show (any of scalars, histograms, text)
  --html FILE                Where to write
  --resume                   Go on

Examples:
  %sweep train
`,
    );
  });

  it("is found from anywhere on the magic's line", () => {
    expect(inspectMagic("%sweep --trials 3", 12, registry)?.text).toMatch(/Searches/);
    expect(inspectMagic("%%time\n1", 3, registry)?.markdown).toMatch(/Times a cell/);
    expect(inspectMagic("1 %sweep", 4, registry)).toBeUndefined();
  });
});
