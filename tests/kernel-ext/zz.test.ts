import { it } from "vitest";
import { KernelClient, resultText, streamText } from "./kernelClient.js";
import { nested } from "./nestedCode.js";

it("x", async () => {
  const kernel = await KernelClient.start();
  let seen = 0;
  const go = async (name: string, code: string) => {
    const id = await kernel.start(code, { store_history: false });
    const r = await kernel.finished(id, performance.now(), 60_000);
    console.log(
      name,
      Math.round(r.milliseconds),
      r.reply.status,
      r.reply.ename,
      String(r.reply.evalue).slice(0, 300),
      String(resultText(r)).slice(0, 60),
      streamText(r, "stderr").slice(0, 300),
      "| LOG",
      kernel.stderr.slice(seen).slice(0, 400),
    );
    seen = kernel.stderr.length;
  };
  await go("trivial", "1+1");
  for (const [n, d] of [
    ["sums", 4000],
    ["method calls", 1000],
    ["else if", 2000],
    ["else if", 1000],
    ["type arguments", 500],
    ["type arguments", 1000],
    ["blocks", 1000],
    ["function bodies", 1000],
    ["parentheses", 8000],
    ["else if", 8000],
    ["arrays", 1000],
    ["objects", 1000],
    ["negations", 8000],
    ["tuple types", 1000],
  ] as const)
    await go(`${n} ${d}`, nested[n]!(d));
  await go("typed", "const nn: number = 'a'");
  const lines = Array.from(
    { length: 1000 },
    (_, i) => `const v${i} = [${i}, "a", { b: ${i} }].map((x) => String(x)).join(", ");`,
  ).join("\n");
  await go("1000 lines first", lines);
  for (let i = 0; i < 4; i++) await go("1000 lines", lines.replaceAll(/\bv(\d)/g, `w${i}_$1`));
  await go("%typecheck off", "%typecheck off");
  for (let i = 0; i < 4; i++) await go("1000 lines off", lines.replaceAll(/\bv(\d)/g, `y${i}_$1`));
  for (const [n, d] of [
    ["sums", 4000],
    ["method calls", 1000],
    ["else if", 2000],
    ["type arguments", 1000],
  ] as const)
    await go(`${n} ${d}`, nested[n]!(d));
  await kernel.close();
}, 300_000);
