import { join } from "node:path";
import { openRun } from "../../../../src/track/openRun.js";
import { readRun } from "../../../../src/track/runReader.js";

/** Every kind of float64 that is lost somewhere on the way. */
export const awkward = [
  0,
  -0,
  1 / 3,
  0.1 + 0.2,
  5e-324,
  -1e-300,
  1.7976931348623157e308,
  2 ** 53 + 2,
  123456789.12345679,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
];

/** A run of awkward values, names and repeated steps, and a plain one, in a folder of their own. */
export function awkwardRuns(dir: string) {
  let time = 1.7e9;
  const clock = { wallTime: () => (time += 0.125) };
  const odd = openRun({
    name: '=cmd|"x",\r\n<b>größe',
    dir,
    sources: [],
    clock,
    config: { lr: 0.1, net: { hidden: [8, 4], drop: true }, wild: Number.NaN },
    tags: ["a", "b"],
    group: "g",
    notes: "two\nlines",
    seed: 7,
  });
  for (const [step, value] of awkward.entries())
    odd.log({ "train/loss": value, "@odd, tag": step / 7 }, step);
  odd.log({ "train/loss": 0.5 }, 3);
  odd.log({ "epoch/valAccuracy": 0.75, step: 2 ** 40 }, 2 ** 40);
  odd.histogram("weights/a", { edges: Float64Array.of(-1, 0, 0.5), counts: Float64Array.of(3, 4) }, 2);
  odd.finish();
  const plain = openRun({ name: "plain", dir, sources: [], clock });
  plain.log({ "train/loss": 1 }, 0);
  plain.finish("failed", new Error("it diverged"));
  return { odd: readRun(odd.dir), plain: readRun(plain.dir), oddDir: odd.dir, plainDir: plain.dir };
}

/** The float64 as Python's struct module writes it. */
export function bits(value: number): string {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  // Of NaN there are many; those read from text are this one.
  return Number.isNaN(value) ? "7ff8000000000000" : bytes.toString("hex");
}

export const readers = join(import.meta.dirname, "../../../oracles/export/read_export.py");
