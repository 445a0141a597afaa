/** Changes in the source that a run keeps, as git applies them. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Prescription } from "../../../../src/doctor/index.js";
import { type SourceChanges, sourcePatch } from "../../../../src/fix/source/sourcePatch.js";
import type { RunRecord } from "../../../../src/track/index.js";
import { temporaryFolder } from "../../track/temporaryFolder.js";

const deep = { optimizer: "sgd", learningRate: 0.02, epochs: 30, batchSize: 32 };

/** A run that keeps such files, by name. */
function kept(code: Readonly<Record<string, string>>, config: object = deep) {
  const dir = join(temporaryFolder(), "deep-00000000");
  mkdirSync(join(dir, "code"), { recursive: true });
  for (const [name, text] of Object.entries(code)) writeFileSync(join(dir, "code", name), text);
  const [command, workingDirectory] = [["node"], dir];
  const named = { name: "deep", id: "00000000", command, workingDirectory };
  const record = { ...named, code: Object.keys(code), config } as unknown as RunRecord;
  return { dir, record };
}

function patchOf(
  { dir, record }: ReturnType<typeof kept>,
  changes: Partial<SourceChanges>,
  applied: readonly Prescription[] = [],
) {
  return sourcePatch(dir, record, { changes: { fit: {}, model: {}, data: [], ...changes }, applied });
}

const programs = { git: "git", patch: "patch" } as const;

/** What a program makes of the patch in a copy of the run's folder: the files' texts. */
function applied({ dir, record }: ReturnType<typeof kept>, patch: string, how: "git" | "patch" = "git") {
  const copy = join(temporaryFolder(), "copy");
  cpSync(dir, copy, { recursive: true });
  writeFileSync(join(copy, "fix.patch"), patch);
  const words = how === "git" ? ["apply", "fix.patch"] : ["-p1", "-i", "fix.patch"];
  const { status, stderr } = spawnSync(programs[how], words, {
    cwd: copy,
    encoding: "utf8",
    env: { ...process.env, GIT_CEILING_DIRECTORIES: dirname(copy) },
  });
  expect([status, stderr]).toEqual([0, ""]);
  return record.code.map((name) => readFileSync(join(copy, "code", name), "utf8"));
}

const program = `import { data, fit, models, sgd } from "tunelab";

const circle = data.circle({ samples: 600 });
const model = models.mlp({
  inputShape: [2],
  hidden: [16, 16, 16],
  classes: 2,
  activation: "sigmoid",
});
await fit(model, circle, {
  optimizer: sgd({ learningRate: 0.02, momentum: 0.9 }),
  epochs: 30,
  batchSize: 32, // as before
  track: "deep",
});
`;

describe("in a program", () => {
  it("sets options where they stand, and adds the others in lines of their own", () => {
    const run = kept({ "main.ts": program });
    const { text, isPlaced } = patchOf(run, {
      fit: { learningRate: 0.002, clipNorm: 1, batchSize: 64 },
      model: { activation: "relu", initializer: "heNormal" },
    });
    expect(isPlaced).toBe(true);
    const expected = program
      .replace('activation: "sigmoid",', 'activation: "relu",\n  initializer: "heNormal",')
      .replace("learningRate: 0.02", "learningRate: 0.002")
      .replace("batchSize: 32", "batchSize: 64")
      .replace('track: "deep",', 'track: "deep",\n  clipNorm: 1,');
    expect(applied(run, text)).toEqual([expected]);
  });

  it("is taken by patch -p1 too, where there is one", () => {
    if (spawnSync(programs.patch, ["--version"]).error) return;
    const run = kept({ "main.ts": program });
    const { text } = patchOf(run, { fit: { epochs: 60 } });
    expect(applied(run, text, "patch")).toEqual([program.replace("epochs: 30", "epochs: 60")]);
  });

  it("changes of several calls the one that says what the record says", () => {
    const two = `import { fit, sgd } from "tunelab";
await fit(a, b, { optimizer: sgd({ learningRate: 0.5 }), epochs: 30, batchSize: 32 });
await fit(a, b, { optimizer: sgd({ learningRate: 0.02 }), epochs: 30, batchSize: 32 });
`;
    const run = kept({ "main.ts": two });
    const [changed] = applied(run, patchOf(run, { fit: { learningRate: 1 } }).text);
    expect(changed).toBe(two.replace("0.02", "1"));
  });

  it("follows variables, wrapped optimisers and a function that makes the model", () => {
    const own = `import { adam, ema, fit, models } from "tunelab";
const build = (units: number) => models.mlp({ inputShape: [2], hidden: [units], classes: 2 });
const optimizer = ema(adam());
const options = { optimizer, epochs: 30 };
export const run = await fit(build(8) as never, circle, options);
`;
    const run = kept({ "main.ts": own }, { ...deep, optimizer: "ema(adam)" });
    const [changed] = applied(
      run,
      patchOf(run, { fit: { learningRate: 1e-4, epochs: 60 }, model: { outputs: 1, batchNorm: true } }).text,
    );
    expect(changed).toBe(
      own
        .replace("adam()", "adam({ learningRate: 1e-4 })")
        .replace("epochs: 30", "epochs: 60")
        .replace("hidden: [units], classes: 2 }", "hidden: [units], outputs: 1, batchNorm: true }"),
    );
  });

  it("takes another optimiser, and imports it", () => {
    const run = kept({ "main.ts": program });
    const [changed] = applied(run, patchOf(run, { fit: { optimizer: "adam", learningRate: 0.001 } }).text);
    expect(changed).toContain('import { data, fit, models, sgd, adam } from "tunelab";');
    expect(changed).toContain("optimizer: adam({ learningRate: 0.001 }),");
  });

  it("changes layers that are written one by one, but for the last", () => {
    const layers = `const model = tf.sequential({
  layers: [
    tf.layers.dense({ inputShape: [2], units: 8, activation: "sigmoid" }),
    tf.layers.dropout({ rate: 0.1 }),
    tf.layers.dense({ units: 8, activation: "sigmoid" }),
    tf.layers.dense({ units: 2, activation: "softmax" }),
  ],
});
await fit(model, circle, { epochs: 30 });
`;
    const run = kept({ "main.ts": layers });
    const relu: Prescription = { text: "ReLU and batch norm", change: { model: { batchNorm: true } } };
    const { text } = patchOf(
      run,
      { model: { activation: "relu", initializer: "heNormal", batchNorm: true } },
      [relu],
    );
    expect(applied(run, text)).toEqual([
      layers.replaceAll('"sigmoid" }', '"relu", kernelInitializer: "heNormal" }'),
    ]);
    expect(text).toContain(
      "ReLU and batch norm (of layers written one by one, batchNorm is not written over)",
    );
  });

  it("gives options to a call that has none", () => {
    const bare = `import { fit } from "tunelab";\nawait fit(model, circle);\n`;
    const run = kept({ "main.ts": bare });
    const [changed] = applied(run, patchOf(run, { fit: { clipNorm: 1 } }).text);
    expect(changed).toContain("await fit(model, circle, { clipNorm: 1 });");
  });
});

describe("in cells", () => {
  it("changes the cell that each call stands in", () => {
    const cells = {
      "cell-1.ts": `import { data, fit, models, sgd } from "tunelab";`,
      "cell-2.ts": `const model = models.mlp({ inputShape: [2], hidden: [8, 8], classes: 2, activation: "tanh" });`,
      "cell-3.ts": "%board",
      "cell-4.ts": `await fit(model, circle, { optimizer: sgd({ learningRate: 0.02 }), epochs: 30, track: { name: "deep" } });`,
    };
    const run = kept(cells);
    const { text } = patchOf(run, {
      fit: { optimizer: "adam" },
      model: { hidden: [8] },
    });
    const [first, second, third, fourth] = applied(run, text);
    expect(first).toBe(`import { data, fit, models, sgd, adam } from "tunelab";`);
    expect(second).toBe(cells["cell-2.ts"].replace("[8, 8]", "[8]"));
    expect(third).toBe("%board");
    expect(fourth).toBe(cells["cell-4.ts"].replace("sgd({ learningRate: 0.02 })", "adam()"));
  });
});

describe("what has no place", () => {
  const clip: Prescription = {
    text: "Clip the gradients",
    code: "fit(model, circle, { clipNorm: 1 })",
    change: { fit: { clipNorm: 1 } },
  };

  it("stands in comments above the diff, with the code to write and why", () => {
    const run = kept({ "main.ts": program });
    const changes = { fit: { clipNorm: 1 }, model: { removeLayers: ["hidden_2"] }, data: ["normalize"] };
    const { text } = patchOf(run, changes, [
      clip,
      { text: "Leave out hidden_2", change: { model: { removeLayers: ["hidden_2"] } } },
      { text: "Bring the inputs to mean 0", code: "a\nb", change: { data: "normalize" } },
    ]);
    const head = text.slice(0, text.indexOf("--- a/"));
    expect(head.split("\n").every((line) => line === "" || line.startsWith("#"))).toBe(true);
    expect(head).toContain("Leave out hidden_2 (models.mlp and models.cnn have no removeLayers)");
    expect(head).toContain(
      "#   Bring the inputs to mean 0 (how the data set is made is not written over)\n#     a\n#   b",
    );
    expect(head).not.toContain("Clip the gradients");
    expect(applied(run, text)[0]).toContain("clipNorm: 1,");
  });

  it("is all of it where two calls are alike, or none is the run's", () => {
    const twice = `await fit(a, b, { epochs: 30 });\nawait fit(c, d, { epochs: 30 });\n`;
    for (const code of [
      twice,
      "await fit(a, b, { epochs: 31 });\n",
      "const none = 1;\n",
      "const broken = ;\n",
    ]) {
      const { text, isPlaced } = patchOf(kept({ "main.ts": code }), { fit: { clipNorm: 1 } }, [clip]);
      expect(isPlaced).toBe(false);
      expect(text).toContain("#     fit(model, circle, { clipNorm: 1 })");
      expect(text).not.toContain("---");
    }
  });

  it("is what lies outside the run's folder", () => {
    const run = kept({ "main.ts": program });
    writeFileSync(join(run.dir, "outside.ts"), program);
    symlinkSync(join(run.dir, "outside.ts"), join(run.dir, "code", "link.ts"));
    const record = { ...run.record, code: ["../outside.ts", "..", "link.ts"] } as RunRecord;
    expect(patchOf({ dir: run.dir, record }, { fit: { epochs: 2 } }).isPlaced).toBe(false);
  });

  it("is placed in a file of a folder below the run's code", () => {
    const run = kept({ "main.ts": "const none = 1;\n" });
    mkdirSync(join(run.dir, "code", "lib"));
    writeFileSync(join(run.dir, "code", "lib", "net.ts"), program);
    const record = { ...run.record, code: ["lib/net.ts", "main.ts"] } as RunRecord;
    const { text } = patchOf({ dir: run.dir, record }, { fit: { epochs: 2 } });
    expect(applied({ dir: run.dir, record }, text)[0]).toBe(program.replace("epochs: 30", "epochs: 2"));
  });
});
