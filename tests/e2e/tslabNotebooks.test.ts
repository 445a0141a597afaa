/** tslab's published example notebooks run unmodified and show what tslab stored in them (fixtures/tslab/README.md). */
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runNotebook } from "../../src/cli/runNotebook.js";
import { type Output, readOutputs } from "./notebook.js";

const fixtures = fileURLToPath(new URL("./fixtures/tslab", import.meta.url));
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "tunelab-tslab-"));
  cpSync(fixtures, folder, { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Executed {
  readonly stored: readonly Output[][];
  readonly shown: readonly Output[][];
  /** How many cells failed. */
  readonly failures: number;
}

async function execute(name: string): Promise<Executed> {
  const source = join(folder, `${name}.ipynb`);
  const target = join(folder, `${name}-executed.ipynb`);
  let failures = 0;
  await runNotebook({
    source,
    target,
    timeout: 60,
    allowErrors: true,
    onEvent: ({ event }) => {
      if (event === "failed") failures += 1;
    },
  });
  return { stored: readOutputs(source), shown: readOutputs(target), failures };
}

/**
 * What a person sees of a cell: printed text and the last value as one, then what was displayed. tslab prints that
 * value, a string without its quotes, in colours; here it is the cell's result.
 */
function seen(outputs: readonly Output[]): { text: string; displays: unknown[] } {
  const parts = outputs.map(({ output_type, text, data }) => {
    if (output_type === "stream") return text ?? "";
    if (output_type !== "execute_result") return "";
    return `${String(data?.["text/plain"]).replace(/^'(.*)'$/, "$1")}\n`;
  });
  return {
    text: varying.reduce(
      (text, [what, mask]) => text.replace(what, mask),
      stripVTControlCharacters(parts.join("")),
    ),
    displays: outputs.filter(({ output_type }) => output_type === "display_data").map(trimmed),
  };
}

function trimmed({ data }: Output): unknown {
  return Object.fromEntries(Object.entries(data ?? {}).map(([kind, value]) => [kind, String(value).trim()]));
}

/** What differs from machine to machine and from run to run; and words of this kernel's own. */
const varying: readonly (readonly [RegExp, string])[] = [
  [/took \d+ms/, "took …ms"],
  [/Slept \d{3}\[ms\]/, "Slept …[ms]"],
  [/tslab: '1\.[\d.]+', typescript: '\d[\d.]+', node: 'v[\d.]+'/, "tslab: …"],
  [/^.*\bCPU\b.*|^.*Processor.*$/m, "this machine's processor"],
  // Not every processor's name says that it is one.
  [
    new RegExp(`^${(cpus()[0]?.model ?? "(?!)").replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`, "m"),
    "this machine's processor",
  ],
  [/^\[tunelab\] this notebook (?:imports|requires) tslab.*\n/, ""],
  [/(Promise \{ <pending> \}): `await` gives its value/, "$1"],
];

it("getting_started shows what tslab does, cell by cell", async () => {
  const { stored, shown, failures } = await execute("getting_started");
  expect(failures).toBe(0);
  expect(shown.map(seen)).toEqual(stored.map(seen));
  expect(stored).toHaveLength(13);
  expect(stored.filter((outputs) => outputs.length > 0)).toHaveLength(11);
});

it("getting_started_javascript too; the two cells that tslab refuses for their types run here", async () => {
  const { stored, shown, failures } = await execute("getting_started_javascript");
  expect(failures).toBe(0);
  const refused = stored.map((outputs) =>
    outputs.some(({ text }) => /is not assignable to/.test(text ?? "")),
  );
  expect(shown.map(seen).filter((_, cell) => !refused[cell])).toEqual(
    stored.map(seen).filter((_, cell) => !refused[cell]),
  );
  const ran = shown.filter((_, cell) => refused[cell]).map((outputs) => seen(outputs).text);
  expect(ran).toEqual([expect.stringMatching(/^\d{13}hello\n$/), "123 hello\n"]);
});

it("errors: both cells that fail by intent fail, on the lines that tslab names, and no other", async () => {
  const { stored, shown, failures } = await execute("errors");
  expect(failures).toBe(2);
  const lines = stored.map((outputs) => Number(/^(\d+):\d+ - Type/.exec(outputs[0]?.text ?? "")?.[1]));
  expect(lines).toEqual([1, 2]);
  expect(shown).toMatchObject(
    lines.map((line) => [
      {
        output_type: "error",
        ename: "TypeScriptError",
        evalue: `Type 'string' is not assignable to type 'number'. (TS2322, line ${line})`,
      },
    ]),
  );
});

it("clean_notebooks takes the counts out of the notebooks beside it", async () => {
  const counted = join(folder, "getting_started-executed.ipynb");
  expect(readFileSync(counted, "utf8")).toMatch(/"execution_count": \d/);
  const { shown, failures } = await execute("clean_notebooks");
  expect([failures, shown.flat()]).toEqual([0, []]);
  expect(readFileSync(counted, "utf8")).not.toMatch(/"execution_count": \d/);
});
