/**
 * The table of docs/doctor.md is that of the rules: each problem once, in their order; thresholds, sources and prescriptions
 * stand in the rule's own file, or in one that it imports.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { problems } from "../../../../src/doctor/verdict.js";

const root = join(import.meta.dirname, "../../../..");
const folder = join(root, "src/doctor");

interface Row {
  readonly problem: string;
  readonly alarm: string;
  readonly source: string;
  readonly first: string;
}

const rows: Row[] = readFileSync(join(root, "docs/doctor.md"), "utf8")
  .split("\n")
  .filter((line) => /^\| `[A-Z]/.test(line))
  .map((line) => {
    const [, problem = "", , , alarm = "", source = "", first = ""] = line
      .split("|")
      .map((cell) => cell.trim());
    return { problem: problem.replaceAll("`", ""), alarm, source, first };
  });

/** A rule's file and those of the doctor that it imports. */
function textsOf(problem: string): { readonly all: string; readonly code: string } {
  const name = problem.charAt(0).toLowerCase() + problem.slice(1);
  const rule = readFileSync(join(folder, "rules", `${name}.ts`), "utf8");
  const imported = [...rule.matchAll(/from "\.\.\/([a-zA-Z]+)\.js"/g)]
    .filter(([, file]) => file !== "verdict" && file !== "rule")
    .map(([, file]) => readFileSync(join(folder, `${file}.ts`), "utf8"));
  const texts = [rule, ...imported];
  return {
    all: texts.join("\n").replace(/\s*\n \* ?\s*/g, " "),
    code: texts.map((text) => text.replace(/\/\*\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "")).join("\n"),
  };
}

/** Numbers of a text; percentages as shares. */
function numbersOf(text: string): number[] {
  return [...text.matchAll(/(?<![\w.])(\d+(?:\.\d+)?(?:e-?\d+)?)(?:\s*(%))?(?![\w])/g)].map(
    ([, digits, percent]) => Number(digits) / (percent ? 100 : 1),
  );
}

describe("the table of all problems", () => {
  it("has each problem once, in order of cause", () => {
    expect(rows.map(({ problem }) => problem)).toEqual([...problems]);
  });

  it.each(rows)("$problem: its thresholds are those of the rule", ({ problem, alarm }) => {
    const known = numbersOf(textsOf(problem).code.replace(/(\d)_(\d)/g, "$1$2"));
    const unknown = numbersOf(alarm).filter(
      (number) => !known.some((one) => Math.abs(one - number) < 1e-12 * Math.max(1, Math.abs(number))),
    );
    expect(unknown).toEqual([]);
  });

  it.each(rows.filter(({ source }) => source !== ""))("$problem: the rule names its sources", (row) => {
    const { all } = textsOf(row.problem);
    for (const source of row.source.split(";")) expect(all).toContain(source.trim());
  });

  it.each(rows)("$problem: the prescription is one of the rule's", ({ problem, first }) => {
    const { code } = textsOf(problem);
    const parts = first.replace(/^"|"$/g, "").split("…");
    for (const part of parts) expect(code).toContain(part.trim());
    expect(first.length).toBeGreaterThan(8);
  });
});

it("would notice a threshold that was changed", () => {
  expect(numbersOf("below 0.001 of 1e-7, 12 % and 1.2 times, x2 a3")).toEqual([0.001, 1e-7, 0.12, 1.2]);
});
