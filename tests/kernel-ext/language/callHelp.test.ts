import { afterAll, beforeAll, expect, it } from "vitest";
import { CellLanguage } from "../../../kernel-ext/language/cellLanguage.js";
import type { Inspection } from "../../../kernel-ext/language/inspection.js";
import { magics } from "../../../kernel-ext/magics/magics.js";

let language: CellLanguage;
beforeAll(async () => {
  language = new CellLanguage({ folder: import.meta.dirname, magics, tell: () => undefined });
  await language.ready;
  const cell = `
    import { fit } from "tunelab";
    import * as tf from "@tensorflow/tfjs";
    /**
     * Draws it.
     * @param x where it begins, e.g. at 0. From the left,
     *   in pixels.
     * @param size - how large. At least 1.
     * @param colours any number of them
     */
    function draw(x: number, size: number, unsaid: boolean, ...colours: string[]) {}
    /**
     * One.
     * @param of the first
     */
    function many(of: number): void;
    /**
     * Two.
     * @param of the second
     */
    function many(of: string, more: boolean): void;
    function many(..._all: unknown[]) {}`;
  expect((await language.check(1, cell)).diagnostics).toEqual([]);
  language.commit(1);
});
afterAll(() => language.dispose());

/** `|` is the cursor. */
async function told(marked: string, detail: 0 | 1 = 0): Promise<Inspection | undefined> {
  return await language.inspect(marked.replace("|", ""), marked.indexOf("|"), detail);
}

const signature = "draw(x: number, size: number, unsaid: boolean, ...colours: string[]): void";

it("tells what the parameter at the cursor means, and the others in short", async () => {
  expect(await told("draw(|")).toEqual({
    text: `${signature}\n\nx: where it begins, e.g. at 0. From the left,\nin pixels.\n\nDraws it.\n\n- size: how large.\n- ...colours: any number of them`,
    markdown: `\`\`\`typescript\n${signature}\n\`\`\`\n\n\`x\`: where it begins, e.g. at 0. From the left,\nin pixels.\n\nDraws it.\n\n- \`size\`: how large.\n- \`...colours\`: any number of them`,
  });
  expect((await told("draw(1, |"))?.text).toBe(
    `${signature}\n\nsize: how large. At least 1.\n\nDraws it.\n\n- x: where it begins, e.g. at 0.\n- ...colours: any number of them`,
  );
  expect((await told("draw(1, 2, true, 'red', |"))?.text).toMatch(
    /\n\n\.\.\.colours: any number of them\n\nDraws/,
  );
  expect((await told("draw(1, 2, |"))?.text).toMatch(/void\n\nDraws it\.\n\n- x: [^\n]*\n- size: /);
});

it("tells all of each where more detail is asked for", async () => {
  expect((await told("draw(1, 2, |", 1))?.text).toBe(
    `${signature}\n\nDraws it.\n\n- x: where it begins, e.g. at 0. From the left,\n  in pixels.\n- size: how large. At least 1.\n- ...colours: any number of them`,
  );
});

it("takes them of the overload that fits so far", async () => {
  expect((await told("many(|"))?.text).toMatch(/\n\nof: the first\n\nOne\.$/);
  expect((await told("many('a', |"))?.text).toMatch(/\n\nTwo\.\n\n- of: the second$/);
});

it("tells those of the library, and of TensorFlow.js, where some follow a colon", async () => {
  expect((await told("fit(model, |"))?.text).toMatch(
    /\n\ndataset: made by `data\.mnist`, [^\n]*\n\nTrains a model;/,
  );
  const conv = (await told("tf.conv2d(a, b, 1, 'same', |"))?.text;
  expect(conv).toMatch(/\n\ndataFormat: An optional string from: "NHWC", "NCHW"\. Defaults to\n"NHWC"\. /);
  expect(conv).toMatch(
    /\n- dilations: The dilation rates: `\[dilationHeight, dilationWidth\]` in [^\n]*\.\n- /,
  );
});
