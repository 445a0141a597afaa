import { expect, it } from "vitest";
import type { CompiledCell } from "../../../kernel-ext/session/compiledCell.js";
import type { ShownValue } from "../../../kernel-ext/session/ownBundle.js";
import { userExpressions } from "../../../kernel-ext/session/userExpressions.js";

/** An expression whose code says what it gives. */
const expression = (code: string) => ({ number: 1, code, source: code }) as CompiledCell;

const shown: Readonly<Record<string, ShownValue>> = {
  small: { data: { "text/plain": "small" }, metadata: {} },
  large: { data: { "text/plain": "x".repeat(60e6) }, metadata: {} },
  noted: { data: { "text/plain": "noted" }, metadata: { note: "x".repeat(60e6) } },
  unwritable: { data: { "text/plain": "ten" }, metadata: { note: 10n } },
};

async function results(codes: readonly string[]) {
  const cells = Object.fromEntries(codes.map((code, at) => [`${code}${at}`, expression(code)]));
  return await userExpressions(cells, {
    bundle: async ({ code }) => {
      const bundle = shown[code];
      if (!bundle) throw new ReferenceError(`${code} is not there`);
      return bundle;
    },
    report: (error) => ({ ename: (error as Error).name, evalue: (error as Error).message, traceback: [] }),
  });
}

it("gives each one's value or its error", async () => {
  expect(await results(["small", "absent", "unwritable", "small"])).toMatchObject({
    small0: { status: "ok", data: { "text/plain": "small" }, metadata: {} },
    absent1: { status: "error", ename: "ReferenceError" },
    unwritable2: { status: "error", ename: "TypeError", evalue: expect.stringContaining("BigInt") },
    small3: { status: "ok" },
  });
});

it("counts values and metadata together, and those alone that are in the answer", async () => {
  const answer = await results(["large", "noted", "large", "small"]);
  expect(Object.values(answer).map(({ status }) => status)).toEqual(["ok", "error", "error", "ok"]);
  expect(answer.noted1).toMatchObject({ ename: "RangeError", evalue: expect.stringContaining("100 MB") });
});
