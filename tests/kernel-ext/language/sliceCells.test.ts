import { describe, expect, it } from "vitest";
import { analyseCell } from "../../../kernel-ext/language/analyseCell.js";
import { parseCell } from "../../../kernel-ext/language/parseCell.js";
import {
  explainSlice,
  type Slice,
  type SliceOptions,
  sliceCells,
} from "../../../kernel-ext/language/sliceCells.js";

const facts = (source: string) => {
  const { program, errors } = parseCell(source);
  if (errors[0]) throw new SyntaxError(`${errors[0].message}: ${source}`);
  return analyseCell(program);
};

/** Cells are numbered from 1; the target stands after them. */
function slice(sources: readonly string[], target: string, options?: SliceOptions): Slice {
  return sliceCells(
    sources.map((source, index) => ({ number: index + 1, facts: facts(source) })),
    facts(target),
    options,
  );
}

const cells = (sources: readonly string[], target: string) => slice(sources, target).cells;

describe("sliceCells", () => {
  it("takes what a sweep needs of a ten-cell notebook, worked out by hand", () => {
    const notebook = [
      /* 1 */ "import * as tf from '@tensorflow/tfjs';",
      /* 2 */ "tf.setBackend('cpu');",
      /* 3 */ "const data: number[] = []; let lr = 0.1;",
      /* 4 */ "data.push(1, 2, 3);",
      /* 5 */ "function build(units: number) { return wrap(tf.layers.dense({ units })) }",
      /* 6 */ "console.log(data.length, 'unrelated');",
      /* 7 */ "const wrap = (layer: unknown) => [layer];",
      /* 8 */ "const other = [5]; other.push(6);",
      /* 9 */ "lr = 0.01;",
      /* 10 */ "console.log(build(3), lr);",
    ];
    expect(cells(notebook, "async (trial) => { build(trial.units); return data.length * lr }")).toEqual([
      1, 2, 3, 4, 5, 7, 9,
    ]);
  });

  it("takes the last declaration, and no write before it", () => {
    expect(cells(["let a = 1;", "a = 2;", "let a = 3;", "a = 4;", "let b = a;"], "() => a")).toEqual([3, 4]);
    expect(cells(["const a = 1", "const a = 2", "const b = a"], "() => b")).toEqual([2, 3]);
  });

  it("resolves names used at once as of the cell, and names in functions as of the target too", () => {
    expect(cells(["let a = 1;", "const b = a + 1;", "a = 5;"], "() => b")).toEqual([1, 2]);
    expect(cells(["let a = 1;", "const b = () => a;", "a = 5;"], "() => b()")).toEqual([1, 2, 3]);
    expect(cells(["const user = () => helper();", "const helper = () => 1;"], "() => user()")).toEqual([
      1, 2,
    ]);
  });

  it("sees changes of objects: members, delete, methods, in loops, through functions", () => {
    expect(
      cells(
        ["const o: any = {};", "o.a = 1", "delete o.b;", "o.c.d.push(1);", "o['x']!.y++;", "o.a;"],
        "() => o",
      ),
    ).toEqual([1, 2, 3, 4, 5]);
    expect(cells(["const xs: number[] = []", "for (const n of [1]) { xs.push(n) }"], "() => xs")).toEqual([
      1, 2,
    ]);
    expect(
      cells(
        ["const xs: number[] = []", "function add(n: number) { xs.push(n) }", "add(1);", "add;"],
        "() => xs",
      ),
    ).toEqual([1, 2, 3, 4]);
    expect(
      cells(
        ["let n = 0", "const up = () => { n++ }", "const twice = () => { up(); up() }", "twice()"],
        "() => n",
      ),
    ).toEqual([1, 2, 3, 4]);
    expect(cells(["const m = new Map()", "const had = m.delete('a')"], "() => m")).toEqual([1, 2]);
  });

  it("takes no call that only reads, nor the use of a library for a change of it", () => {
    expect(cells(["const xs = [1]", "const ys = xs.map((x) => x)", "xs.slice(1)"], "() => xs")).toEqual([1]);
    expect(
      cells(
        ["import * as tf from 'tf'", "const t = tf.tensor([1]); const model = tf.sequential()"],
        "() => tf.ones()",
      ),
    ).toEqual([1]);
  });

  it("leaves out a training cell that the objective does not need", () => {
    const notebook = [
      "import { data, fit, models } from 'tunelab'",
      "const mnist = await data.mnist()",
      "const model = models.mlp({ inputShape: mnist.inputShape })",
      "const run = await fit(model, mnist, { epochs: 1 }); run.history",
    ];
    expect(
      cells(notebook, "async (trial) => { const m = models.mlp({}); return fit(m, mnist, { trial }) }"),
    ).toEqual([1, 2]);
    expect(cells(notebook, "async () => run.history")).toEqual([1, 2, 3, 4]);
  });

  it("always takes imports for their side effect, and forced cells", () => {
    expect(cells(["import 'side-effect'", "const a = 1"], "() => 2")).toEqual([1]);
    expect(slice(["const a = 1", "const b = a"], "() => 2", { force: [2] }).cells).toEqual([1, 2]);
    expect(() => slice(["const a = 1"], "() => 2", { force: [7] })).toThrow(RangeError);
  });

  it("skips property names, keys, labels, type names and shadowed locals", () => {
    const notebook = ["const a = 1", "const b = 2", "const c = 3", "interface d { x: 1 }", "const e = 4"];
    const target =
      "(a: number) => { label: for (const b of []) { break label } return { c: o.c, ...({} as d), e }; var o: any }";
    expect(cells(notebook, target)).toEqual([5]);
  });

  it("follows a name that a function finds in its own cell, as of the target", () => {
    const notebook = [
      "let scale = 1; const score = (x: number) => scale * x",
      "scale = 1000",
      "const other = 1",
    ];
    expect(cells(notebook, "() => score(1)")).toEqual([1, 2]);
  });

  it("ends on functions that call each other", () => {
    expect(cells(["const f = (): void => g()", "const g = (): void => f()", "f()"], "() => f()")).toEqual([
      1, 2,
    ]);
  });

  it("explains itself", () => {
    const found = slice(
      ["import 'x'", "const data: number[] = []", "data.push(1)", "let lr = 1", "lr = 2"],
      "() => [data, lr]",
    );
    expect(explainSlice(found)).toBe(
      "cell 1: side effect x\ncell 2: declares data\ncell 3: changes data\ncell 4: declares lr\ncell 5: writes lr",
    );
    expect(found.because.get(3)).toEqual([{ why: "changes", name: "data" }]);
  });
});
