import { expect, it } from "vitest";
import { plainSyntax } from "../../../../kernel-ext/language/cellSyntax.js";
import { transformLocal } from "../../../../kernel-ext/session/hooks/transformLocal.js";

it("compiles `using` and `await using` to code that imports nothing, at a module's top and inside functions", async () => {
  const source = `const held = (name: string) => ({
  [Symbol.dispose]: () => void log.push(name),
  [Symbol.asyncDispose]: async () => void log.push("awaited " + name),
});
export const log: string[] = [];
{
  using first = held("first");
  log.push("in block");
}
export async function part(): Promise<void> {
  await using second = held("second");
  log.push("in function");
}
await part();
await using last = held("last");
log.push("at the end");
`;
  const { code } = transformLocal({ file: "/part.ts", source, syntax: plainSyntax });
  expect(code).not.toMatch(/\bimport\b/);
  const module = await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`);
  expect(module.log).toEqual([
    "in block",
    "first",
    "in function",
    "awaited second",
    "at the end",
    "awaited last",
  ]);
});
