import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { NestingGuard } from "../../../kernel-ext/front/nestingGuard.js";
import type { Reading } from "../../../kernel-ext/front/readAhead.js";
import { nested } from "../nestedCode.js";

const guards: NestingGuard[] = [];
const logged: string[] = [];

function guard(program?: string): NestingGuard {
  const made = new NestingGuard((text) => logged.push(text), program);
  guards.push(made);
  return made;
}

const folders: string[] = [];

/** The path of a program that a process of the guard's runs instead of its own. */
function probe(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), "tunelab-probe-"));
  folders.push(folder);
  const program = join(folder, "probe.mjs");
  writeFileSync(program, source);
  return program;
}

afterEach(() => {
  for (const made of guards.splice(0)) made.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const deep = nested.parentheses?.(8_000) ?? "";
const wide = statements(1_000);

function statements(count: number): string {
  return Array.from({ length: count }, (_, i) => `const v${i} = [${i}, "a", { b: ${i} }];`).join("\n");
}

it.each<Reading>(["cell", "completeness", "draft"])(
  "refuses what nests too deeply as a %s",
  async (reading) => {
    const { admit } = bound(guard());
    await expect(admit(reading, deep)).rejects.toThrow(
      "600 levels of statements and expressions inside each other are always read, but were given brackets inside each other 8,000 times",
    );
    await admit(reading, wide);
  },
);

it("answers questions that come at once each for itself, also behind one that ends the process", async () => {
  const { admit } = bound(guard());
  const answers = await Promise.allSettled([wide, deep, wide, deep, wide].map((code) => admit("cell", code)));
  expect(answers.map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
    "rejected",
    "fulfilled",
  ]);
});

it("refuses code in a magic's line and body, which the cell's own parse does not reach", async () => {
  const { admit } = bound(guard());
  await expect(admit("cell", `%time ${deep}`)).rejects.toThrow("nests too deeply");
  await expect(admit("cell", `%%time\n${deep}`)).rejects.toThrow("nests too deeply");
});

it("lets short code pass without a process, and refuses long code when there is none", async () => {
  const { admit } = bound(guard(join(tmpdir(), "no-such-probe.js")));
  await admit("cell", "1 + 1");
  await admit("cell", `"${"word ".repeat(1_000)}"`);
  await expect(admit("cell", wide)).rejects.toThrow("it ended (exit code 1)");
});

it.each([
  ["process", 4],
  ["thread", 6],
])(
  "tells a full heap of the %s from code that nests too deeply, and what helps",
  async (_what, megabytes) => {
    const { NODE_OPTIONS } = process.env;
    process.env.NODE_OPTIONS = `--max-old-space-size=${megabytes}`;
    const { admit } = bound(guard());
    // Whose reading takes far more than the heap may hold.
    const wider = statements(10_000);
    try {
      await expect(admit("cell", wider)).rejects.toThrow(
        /but it ran out of memory: .* Start Jupyter with NODE_OPTIONS=--max-old-space-size=\d+/,
      );
    } finally {
      if (NODE_OPTIONS === undefined) delete process.env.NODE_OPTIONS;
      else process.env.NODE_OPTIONS = NODE_OPTIONS;
    }
    await admit("cell", wide);
  },
);

it("says what it means that the system ended the process", async () => {
  const program = probe('process.on("message", () => process.kill(process.pid, "SIGKILL"));');
  await expect(bound(guard(program)).admit("cell", wide)).rejects.toThrow(
    "the system ended it (SIGKILL), as it does when memory runs short",
  );
});

/** The source of a program that does `slowly` with what begins with "slow", and reads all else. */
const reading = (slowly: string) =>
  `process.on("message", ({ source }) => { const read = () => process.send("read"); if (source.startsWith("slow")) ${slowly} else read(); });`;

it("gives up what takes too long, and goes on", async () => {
  const { admit } = bound(guard(probe(reading("for (;;);"))));
  const slow = admit("cell", `slow;${wide}`);
  const other = admit("cell", wide);
  await expect(slow).rejects.toThrow("takes too long to be read: 5 s are given");
  await other;
});

it.runIf(process.platform === "linux")(
  "waits for one that the machine keeps from working, which is no fault of the code's",
  async () => {
    const { admit } = bound(guard(probe(reading("setTimeout(read, 6000);"))));
    await admit("cell", `slow;${wide}`);
  },
);

function bound(made: NestingGuard) {
  return { admit: (reading: Reading, source: string) => made.admit({ reading, source }) };
}
