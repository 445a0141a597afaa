import { afterAll, beforeAll, expect, it } from "vitest";
import { CellLanguage } from "../../../kernel-ext/language/cellLanguage.js";
import { magics } from "../../../kernel-ext/magics/magics.js";

let language: CellLanguage;
beforeAll(async () => {
  language = new CellLanguage({ folder: import.meta.dirname, magics, tell: () => undefined });
  await language.ready;
  const cell = `
    import * as tf from "@tensorflow/tfjs";
    import { add } from "@tensorflow/tfjs";
    const a = tf.ones([2, 2]);
    const plain = (n: number) => n;
    class Box { put(n: number) { return n } }
    const box = new Box();`;
  expect((await language.check(1, cell)).diagnostics).toEqual([]);
  language.commit(1);
});
afterAll(() => language.dispose());

/** `|` is the cursor. */
async function told(marked: string): Promise<string | undefined> {
  return (await language.inspect(marked.replace("|", ""), marked.indexOf("|")))?.text;
}

const words = "Computes the dot product of two matrices, A * B. These must be matrices.";

it.each([
  ["its name", "tf.mat|Mul(a, a)", /^const matMul: .* => tf\.Tensor/],
  ["its open bracket", "tf.matMul(|", /^matMul\(a: /],
  ["a tensor's method", "a.mat|Mul(a)", /^\(method\) .*Tensor.*\.matMul/],
])("tells what an op does, on %s", async (_where, code, head) => {
  const whole = await told(code);
  expect(whole).toMatch(head);
  expect(whole).toContain(words);
  expect(whole).not.toMatch(/```|@doc/);
});

it("tells what its arguments are, of one that was imported by name too", async () => {
  expect(await told("tf.mat|Mul(a, a)")).toContain("First matrix in dot product operation.");
  expect(await told("ad|d(a, a)")).toContain("element-wise, A + B");
});

it("leaves what is said already as it is", async () => {
  expect((await told("a.data|Sync()"))?.match(/downloads the values/gi)?.length).toBe(1);
});

it("puts no other function's words down to one of the person's", async () => {
  expect(await told("pla|in")).toBe("const plain: (n: number) => number");
  expect(await told("box.pu|t(1)")).toBe("(method) Box.put(n: number): number");
});
