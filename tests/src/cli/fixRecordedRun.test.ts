/** Trainings repaired by the code that their runs keep, and what is refused. */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { readRun } from "../../../src/track/index.js";
import { temporaryFolder } from "../track/temporaryFolder.js";

const root = join(import.meta.dirname, "../../..");
const bin = join(root, "bin/tunelab.mjs");

interface Recorded {
  readonly name: string;
  readonly id: string;
  readonly dir: string;
  readonly parent?: string;
  readonly seed?: number;
  readonly equalBefore?: number;
  readonly code: readonly string[];
  readonly model?: { readonly layers: readonly unknown[] };
  readonly config: { readonly epochs: number };
}

/** A folder with a program, and the verbs as a person calls them there. */
function desk(files: Readonly<Record<string, string>>) {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  mkdirSync(join(folder, "tmp"));
  const runs = join(folder, "runs");
  const env = { ...process.env, TUNELAB_RUNS: runs, TMPDIR: join(folder, "tmp") };
  const node = (...words: string[]) =>
    spawnSync(process.execPath, words, { cwd: folder, env, encoding: "utf8", timeout: 600_000 });
  const recorded = (): Recorded[] =>
    readdirSync(runs).map((name) => ({
      ...JSON.parse(readFileSync(join(runs, name, "run.json"), "utf8")),
      dir: join(runs, name),
    }));
  return { folder, env, node, recorded, tunelab: (...words: string[]) => node(bin, ...words) };
}

const index = JSON.stringify(join(root, "dist/src/index.js"));
const loop = `import { circle, net, sgd, fit, track } from "./lib/net.mjs";
const epochs = Number(process.argv[2]);
const own = track({ name: "own", system: false });
own.log({ x: 1 }, 1);
own.finish();
for (const [seed, hidden] of [[1, [16, 16]], [2, [8]], [3, Array(8).fill(16)]])
  try {
    await fit(net(hidden), circle, { optimizer: sgd({ learningRate: 0.02, momentum: 0.9 }), epochs, batchSize: 32, seed,
      progress: false, track: { name: "same", system: false, config: { worst: Number.NaN, big: 2n } } });
  } catch {}
track({ name: "behind", system: false }).finish();
`;
const net = `import { data, models } from ${index};
export { fit, sgd, track } from ${index};
export const circle = data.circle({ samples: 400, factor: 0.5, noise: 0.1, validation: 100, seed: 3 });
export const net = (hidden) => models.mlp({ inputShape: [2], hidden, classes: 2, activation: "sigmoid" });
`;

it("repeats the very training among those of one name, with the program's files and words, and records nothing else", () => {
  const { node, tunelab, recorded, folder } = desk({ "loop.mjs": loop, "lib/net.mjs": net });
  expect(node("loop.mjs", "6").status).toBe(0);
  const before = recorded();
  expect(before.map(({ name }) => name).sort()).toEqual(["behind", "own", "same", "same", "same"]);
  expect(before[0]?.code).toEqual(["lib/net.mjs", "loop.mjs"]);
  const asked = before.find(({ seed }) => seed === 3) as Recorded;

  const { status, stdout, stderr } = tunelab("doctor", asked.id, "--fix", "--attempts", "1", "--json");
  expect([status, stderr]).toEqual([
    0,
    expect.stringContaining(`executing 2 files of "same" (${asked.id}) in ${folder}: lib/net.mjs, loop.mjs`),
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ before: { dir: asked.dir } });
  const copies = recorded().filter(({ id }) => !before.some((run) => run.id === id));
  expect(copies).toMatchObject([{ name: "fix-1", parent: asked.id, seed: 3, config: { epochs: 6 } }]);
  expect(copies[0]?.model?.layers.length).toBe(asked.model?.layers.length);
  expect(readdirSync(join(folder, "tmp"))).toEqual([]);

  // The copy is the newest run, and no subject of a fix.
  const copy = copies[0] as Recorded;
  expect(tunelab("doctor", copy.id, "--fix")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(
      `is a copy that a fix of ${asked.id} trained: tunelab doctor ${asked.id} --fix`,
    ),
  });
  expect(JSON.parse(tunelab("doctor", "--json").stdout)).toMatchObject([{ name: "behind" }]);
  expect(tunelab("doctor", "--fix")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("the name of one run"),
  });
  expect(tunelab("doctor", asked.id, "--trust").status).toBe(2);
}, 600_000);

it("reaches a training behind others of which the program asks the doctor", () => {
  const { node, tunelab, recorded, folder } = desk({
    "two.mjs": `import { circle, net, sgd, fit } from "./lib/net.mjs";
import { appendFileSync } from "node:fs";
for (const name of ["good", "bad"]) {
  const run = await fit(net([8]), circle, { optimizer: sgd({ learningRate: name === "bad" ? 1e-6 : 0.1 }), epochs: 6,
    batchSize: 32, seed: 5, progress: false, track: { name, system: false } });
  appendFileSync("asked.txt", [run.doctor().name, run.id.length, run.isRepeatable].join(" ") + "\\n");
}
`,
    "lib/net.mjs": net,
  });
  expect(node("two.mjs").status).toBe(0);
  const before = recorded();
  const bad = before.find(({ name }) => name === "bad") as Recorded;
  const { status, stdout, stderr } = tunelab("doctor", "bad", "--fix", "--attempts", "1", "--json");
  expect([status, stderr]).toEqual([0, expect.stringContaining("1 of at most 1: ")]);
  // By the program, then by what executes it.
  expect(readFileSync(join(folder, "asked.txt"), "utf8")).toBe("good 8 true\nbad 8 true\ngood 8 true\n");
  expect(JSON.parse(stdout)).toMatchObject({ before: { dir: bad.dir } });
  const copies = recorded().filter(({ id }) => !before.some((run) => run.id === id));
  expect(copies).toMatchObject([{ name: "fix-1", parent: bad.id }]);
  expect(readdirSync(join(folder, "tmp"))).toEqual([]);
}, 600_000);

it("names the trainings that it met where none is the recorded one", () => {
  const { folder, node, tunelab, recorded } = desk({ "loop.mjs": loop, "lib/net.mjs": net });
  expect(node("loop.mjs", "2").status).toBe(0);
  const { dir, id } = recorded().find(({ seed }) => seed === 3) as Recorded;
  const file = join(dir, "code", "loop.mjs");
  writeFileSync(file, readFileSync(file, "utf8").replace("[3, Array(8)", "[3, Array(7)"));
  const { status, stderr } = tunelab("doctor", id, "--fix");
  expect([status, stderr]).toEqual([1, expect.stringContaining('it trained "same" (seed 1, not 3; ')]);
  expect(stderr).toMatch(/"same" \(\d+ layers, not \d+\)/);
  expect(readdirSync(join(folder, "tmp"))).toEqual([]);
}, 600_000);

it("executes nothing that lies outside of the run, or that another machine recorded", () => {
  const { folder, node, tunelab, recorded } = desk({ "loop.mjs": loop, "lib/net.mjs": net });
  expect(node("loop.mjs", "1").status).toBe(0);
  const { dir, id } = recorded().find(({ seed }) => seed === 1) as Recorded;
  writeFileSync(
    join(folder, "evil.mjs"),
    `import { writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(join(folder, "done"))}, "");`,
  );
  const file = join(dir, "run.json");
  const record = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(file, JSON.stringify({ ...record, code: ["../../../evil.mjs"] }));
  expect(tunelab("doctor", id, "--fix")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(
      'it must be a regular file inside its folder code; got "../../../evil.mjs"',
    ),
  });
  writeFileSync(file, JSON.stringify({ ...record, owner: { ...record.owner, host: "elsewhere" } }));
  expect(tunelab("doctor", id, "--fix")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('is of "elsewhere": look at its folder code, then give --trust'),
  });
  expect(readdirSync(folder)).not.toContain("done");
}, 600_000);

it("gives a patch that repeats the best training to the digit, in the program's folder too", () => {
  const { folder, node, tunelab, recorded } = desk({
    "deep.mjs": `import { circle, sgd, fit } from "./lib/net.mjs";
import { models } from ${index};
const model = models.mlp({ inputShape: [2], hidden: Array(8).fill(16), classes: 2, activation: "sigmoid" });
await fit(model, circle, { optimizer: sgd({ learningRate: 0.02, momentum: 0.9 }), epochs: 12, batchSize: 32, seed: 5,
  progress: false, track: { name: "deep", system: false } });
`,
    "lib/net.mjs": net,
  });
  expect(node("deep.mjs").status).toBe(0);
  const [{ id, dir }] = recorded() as [Recorded];
  const { status, stdout, stderr } = tunelab("doctor", id, "--fix", "--attempts", "2", "--json");
  expect([status, stderr]).toEqual([0, expect.stringContaining("1 of at most 2: ")]);
  const fix = JSON.parse(stdout);
  expect([fix.improved, fix.changes.model.activation]).toEqual([true, "relu"]);
  expect(fix.patchCommand).toBe(`cd ${folder} && patch -p2 < ${join(dir, "fix.patch")}`);
  expect(readFileSync(join(dir, "fix.patch"), "utf8")).toContain(`
# For the program itself: ${fix.patchCommand}
`);
  const applied = spawnSync("sh", ["-c", fix.patchCommand], { encoding: "utf8" });
  expect([applied.status, applied.stdout]).toEqual([0, expect.stringContaining("deep.mjs")]);
  expect(node("deep.mjs").status).toBe(0);
  const again = recorded().find((run) => run.name === "deep" && run.id !== id) as Recorded;
  const curve = (run: string) =>
    Object.fromEntries(
      ["loss", "accuracy", "valLoss", "valAccuracy"].map((metric) => [
        metric,
        [...(readRun(run).scalars.get(`epoch/${metric}`)?.values ?? [])],
      ]),
    );
  expect(curve(again.dir).valAccuracy?.length).toBeGreaterThanOrEqual(12);
  expect(curve(again.dir)).toEqual(curve(fix.after.dir));
}, 600_000);

const alike = `import { circle, net, sgd, fit, track } from "./lib/net.mjs";
for (let i = 0; i < 3; i++) {
  if (process.env.TUNELAB_FIX) {
    const log = track({ resume: process.argv[2], system: false });
    log.log({ again: 1 }, 100 + i);
    log.finish();
  }
  await fit(net([8, 4 + i % 2]), circle, { optimizer: sgd({ learningRate: 1e-6 }), epochs: 12, batchSize: 32, seed: 7,
    progress: false, track: { name: "alike", system: false } });
}
`;

it("finds a training among equal ones whose others were deleted, and goes on with a copy of another run", () => {
  const { node, tunelab, recorded } = desk({
    "alike.mjs": alike,
    "lib/net.mjs": net,
    "own.mjs": `import { track } from "./lib/net.mjs";
const own = track({ name: "own", system: false });
own.log({ again: 0 }, 1);
own.finish();
`,
  });
  expect(node("own.mjs").status).toBe(0);
  const own = recorded()[0] as Recorded;
  expect(node("alike.mjs", own.id).status).toBe(0);
  // Two of three are equal: their second layers have 4 units.
  const equal = recorded()
    .filter(({ name, model }) => name === "alike" && JSON.stringify(model).includes('"units":4'))
    .sort((a, b) => (a.equalBefore ?? 0) - (b.equalBefore ?? 0));
  expect(equal.map(({ equalBefore }) => equalBefore)).toEqual([0, 1]);
  const [gone, asked] = equal as [Recorded, Recorded];
  rmSync(gone.dir, { recursive: true });
  const left = filesOf(own.dir);
  const { status, stderr, stdout } = tunelab("doctor", asked.id, "--fix", "--attempts", "1", "--json");
  expect([status, stderr]).toEqual([0, expect.stringContaining("1 of at most 1: ")]);
  expect(JSON.parse(stdout)).toMatchObject({ before: { dir: asked.dir } });
  // The program went on with it, elsewhere: three times, as it trains twice before the one that is asked for.
  expect(filesOf(own.dir)).toEqual(left);
}, 600_000);

it("refuses words whose secrets the record left out, and names lines of code that lost theirs", () => {
  const { node, tunelab, recorded } = desk({
    "alike.mjs": `const password = "a secret that nobody should keep";\n${alike}`,
    "lib/net.mjs": net,
  });
  expect(node("alike.mjs", "7", "--api-key", "one").status).toBe(0);
  const { id, dir } = recorded()[0] as Recorded;
  expect(tunelab("doctor", id, "--fix")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(
      'needs the words that "alike" was called with, and its record keeps no secrets: it has --api-key ***. ',
    ),
  });
  const file = join(dir, "run.json");
  const record = JSON.parse(readFileSync(file, "utf8"));
  writeFileSync(
    file,
    JSON.stringify({ ...record, command: record.command.slice(0, 3), code: ["alike.mjs"] }),
  );
  expect(tunelab("doctor", id, "--fix").stderr).toContain(
    "alike.mjs has *** in the place of a secret that is not kept, in line 1\n",
  );
}, 600_000);

it.each(["SIGTERM", "SIGKILL"] as const)(
  "ends what it executes when %s ends it",
  async (signal) => {
    const { folder, env, node, recorded } = desk({
      "long.mjs": `import { circle, net, sgd, fit } from "./lib/net.mjs"; import { writeFileSync } from "node:fs";
await fit(net([4]), circle, { optimizer: sgd(), epochs: 1, progress: false, track: { name: "long", system: false } });
if (process.env.TUNELAB_FIX) process.exit(9);
`,
      "lib/net.mjs": net,
    });
    expect(node("long.mjs").status).toBe(0);
    const { dir, id } = recorded()[0] as Recorded;
    const started = join(folder, "started");
    // What is executed says who it is, and stays.
    writeFileSync(
      join(dir, "code", "long.mjs"),
      `import { renameSync, writeFileSync } from "node:fs"; writeFileSync(${JSON.stringify(`${started}.part`)}, String(process.pid));
renameSync(${JSON.stringify(`${started}.part`)}, ${JSON.stringify(started)}); await new Promise((done) => setTimeout(done, 600_000));`,
    );
    const verb = spawn(process.execPath, [bin, "doctor", id, "--fix"], { cwd: folder, env, stdio: "ignore" });
    const ended = new Promise<NodeJS.Signals | null>((done) => verb.once("close", (_, by) => done(by)));
    const pid = Number(
      await eventually(() =>
        readdirSync(folder).includes("started") ? readFileSync(started, "utf8") : undefined,
      ),
    );
    verb.kill(signal);
    expect(await ended).toBe(signal);
    await eventually(() => (isAlive(pid) ? undefined : true));
    if (signal === "SIGTERM") expect(readdirSync(join(folder, "tmp"))).toEqual([]);
  },
  300_000,
);

/** Names and bytes of all files below a folder. */
function filesOf(dir: string): Record<string, string> {
  const files = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Object.fromEntries(
    files.map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      return [file, readFileSync(file, "base64")];
    }),
  );
}

async function eventually<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((done) => setTimeout(done, 100));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
