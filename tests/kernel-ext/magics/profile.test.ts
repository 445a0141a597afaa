import { afterAll, beforeAll, expect, it } from "vitest";
import { type Execution, KernelClient, resultText, streamText } from "../kernelClient.js";

let kernel: KernelClient;
beforeAll(async () => {
  kernel = await KernelClient.start();
  await run('import { data, fit, models, tf } from "tunelab";');
});
afterAll(() => kernel.close());

async function run(code: string): Promise<Execution> {
  const execution = await kernel.finished(await kernel.start(code), performance.now(), 60_000);
  expect(execution.reply, `${code}\n${String(execution.reply.evalue)}`).toMatchObject({ status: "ok" });
  return execution;
}

it("tells what a line's ops cost, and gives its value", async () => {
  const execution = await run(
    "%profile --top 1 tf.matMul(tf.ones([8, 8]), tf.ones([8, 8])).relu().dataSync()[0]",
  );
  expect(resultText(execution)).toBe("8");
  expect(streamText(execution)).toMatch(
    /^wall [\d.]+ m?s, CPU [\d.]+ m?s; in TensorFlow [\d.]+ \S+ \([\d.]+ %\); tensors at most [\d.]+ MB\n +ms +of wall +calls +ms a call +GFLOP\/s +MB +op\n.*\n.* other ops\n$/,
  );
});

it("tells how fast products are and what ops put out, and leaves blank what is not known", async () => {
  const printed = streamText(
    await run(
      "%profile tf.tidy(() => tf.matMul(tf.ones([500, 800]), tf.ones([800, 250])).relu().dataSync()[0])",
    ),
  );
  // 500 x 250 of 4 bytes.
  expect(printed).toMatch(/^ *[\d.]+ +[\d.]+ % +1 +[\d.]+ +[\d.]+ +0\.5 {2}MatMul$/m);
  expect(printed).toMatch(/^ *[\d.]+ +[\d.]+ % +1 +[\d.]+ +0\.5 {2}Relu$/m);
});

it("tells it of a cell, whose names stay; with --ops of each op of the steps", async () => {
  await run(
    "const x = Array.from({ length: 32 }, (_, i) => [i % 2, 1 - (i % 2)]);\nconst points = data.arrays({ x, y: x.map(([a = 0]) => a), classes: 2 });\nconst train = (track: false | { name: string } = false) => fit(models.mlp({ inputShape: [2], hidden: [2], classes: 2 }), points, { epochs: 2, track });",
  );
  const captured = await run("%%profile --json\nconst done = await train();\ndone.epochs");
  expect(resultText(captured)).toBe("2");
  const names = (execution: Execution) =>
    (JSON.parse(streamText(execution)) as { ops: { name: string }[] }).ops.map(({ name }) => name);
  expect(names(captured)).toContain("captured step");
  const { captures } = JSON.parse(streamText(captured)) as { captures: { count: number } };
  expect(captures.count).toBe(1);
  expect(streamText(await run("%%profile\nawait train();"))).not.toContain("capture, of");
  const other = await run(
    "%%profile\nawait fit(models.mlp({ inputShape: [2], hidden: [3], classes: 2 }), points, { epochs: 1, track: false });",
  );
  expect(streamText(other)).toMatch(
    /^wall .*\n1 capture, of one shape of batch: [\d.]+ m?s to note the ops, [\d.]+ m?s for first runs, in which TensorFlow prepares the graph\n/,
  );
  const eager = names(await run("%%profile --json --ops\nawait train();"));
  expect(eager).toContain("MatMul");
  expect(eager).not.toContain("captured step");
  expect(resultText(await run("done.epochs"))).toBe("2");
});

it("writes a timeline inside the notebook's folder", async () => {
  const printed = streamText(
    await run("%profile --trace traces/one.json tf.tidy(() => tf.ones([4]).neg().dataSync()[0])"),
  );
  expect(printed).toMatch(/\ntimeline of the ops written to traces\/one\.json\n$/);
  const read = 'JSON.parse((await import("node:fs")).readFileSync("traces/one.json", "utf8")).traceEvents';
  expect(
    resultText(
      await run(
        `${read}.filter(({ ph }: { ph: string }) => ph === "X").map(({ name }: { name: string }) => name).join()`,
      ),
    ),
  ).toBe("'Neg'");
  await run('(await import("node:fs")).rmSync("traces", { recursive: true })');
  const { reply } = await kernel.execute("%profile --trace ../away.json 1 + 1");
  expect(reply.evalue).toMatch(/^%profile keeps relative paths inside .*, but was given \.\.\/away\.json/);
});

it("writes a profile for TensorBoard into the run that the code opened, else into the folder of runs", async () => {
  const tracked = await run(
    "%%profile --tensorboard\nconst tracked = await train({ name: 'seen' }); tracked.dir",
  );
  const told =
    / of the ops written to (\S+); TensorBoard with the package xprof shows it: tensorboard --logdir (\S+)\n$/;
  const [, file, logdir] = told.exec(streamText(tracked)) ?? [];
  expect(logdir).toBe("runs");
  expect(file).toMatch(/^runs\/seen-\w{8}\/plugins\/profile\/\d{4}(_\d\d){5}(-\d)?\/[^/]+\.xplane\.pb$/);
  expect(resultText(tracked)).toMatch(new RegExp(`/${file?.split("/").slice(0, 2).join("/")}'$`));
  const bytes = `(await import("node:fs")).readFileSync(${JSON.stringify(file)})`;
  expect(resultText(await run(`${bytes}.includes("captured_step:CapturedFunction")`))).toBe("true");
  const [, other] =
    told.exec(
      streamText(await run("%profile --tensorboard tf.tidy(() => tf.ones([4]).neg().dataSync()[0])")),
    ) ?? [];
  expect(other).toMatch(/^runs\/plugins\/profile\/[^/]+\/[^/]+\.xplane\.pb$/);
  await run('(await import("node:fs")).rmSync("runs", { recursive: true })');
});

it("writes a profile for TensorBoard into the folder that was named, on a line of code and above lines of it", async () => {
  const told = / of the ops written to (\S+); .* tensorboard --logdir (\S+)\n$/;
  const code = "tf.tidy(() => tf.ones([4]).neg().dataSync()[0])";
  for (const call of [
    `%profile --tensorboard logs/tb ${code}`,
    `%profile --tensorboard=logs/tb ${code}`,
    `%%profile --tensorboard logs/tb\n${code}`,
  ]) {
    const execution = await run(call);
    expect(resultText(execution)).toBe("-1");
    const [, file, logdir] = told.exec(streamText(execution)) ?? [];
    expect(logdir).toBe("logs/tb");
    expect(file).toMatch(/^logs\/tb\/plugins\/profile\/[^/]+\/[^/]+\.xplane\.pb$/);
  }
  await run('(await import("node:fs")).rmSync("logs", { recursive: true })');
  const { reply } = await kernel.execute(`%%profile --tensorboard ../away\n${code}`);
  expect(reply.evalue).toMatch(/^%%profile keeps relative paths inside .*, but was given \.\.\/away/);
});

it("tells what layers cost, as a table and as a chart", async () => {
  const execution = await run("%%profile --layers --top 1\nawait train();");
  expect(streamText(execution)).toMatch(
    /other ops\n\nlayer +class +calls +forward ms +backward ms +ms +share +GFLOP +MB\n[─ ]+\n\S+ +Dense +2 +[\d.]+ +[\d.]+ +[\d.]+ +[\d.]+ % +\S+ +[\d.]+\n\S+ +Dense +2 .*\noptimizer and other +[\d.]+ +[\d.]+ % +[\d.]+\n$/,
  );
  const shown = execution.messages.findLast(({ type }) => type === "display_data")?.content.data as Record<
    string,
    unknown
  >;
  expect(Object.keys(shown)).toContain("image/png");
  expect(shown["text/plain"]).toBe("time in TensorFlow by layer, of 2 layers");
  const { layers, outside } = JSON.parse(
    streamText(await run("%%profile --layers --json\nawait train();")),
  ) as {
    layers: { className: string; share: number }[];
    outside: { share: number };
  };
  expect(layers.map(({ className }) => className)).toEqual(["Dense", "Dense"]);
  expect(layers.reduce((sum, { share }) => sum + share, outside.share)).toBeCloseTo(1, 9);
});

it("shows what ops cost as a chart", async () => {
  const execution = await run("%profile --chart tf.tidy(() => tf.ones([4]).neg().dataSync()[0])");
  const shown = execution.messages.findLast(({ type }) => type === "display_data")?.content.data as Record<
    string,
    unknown
  >;
  expect(shown["text/plain"]).toBe("time in TensorFlow by op, of 1 op");
  expect(JSON.stringify(shown["application/vnd.vegalite.v5+json"])).toContain("Neg,whole");
});

it("says so where no op ran, and what it takes", async () => {
  expect(streamText(await run("%profile 1 + 1"))).toMatch(/^wall .*; no TensorFlow op ran\n$/);
  expect((await kernel.execute("%profile")).reply.evalue).toBe("%profile requires code: TypeScript to run");
});

it("shows its tables and charts in the cell that asked, though an earlier one's listener hears of charts", async () => {
  for (const rows of [64, 65, 66]) {
    const model = "models.mlp({ inputShape: [2], hidden: [4], classes: 2 })";
    const execution = await run(`%%profile --layers --chart\n${model}.predict(tf.ones([${rows}, 2]));`);
    expect(execution.messages.filter(({ type }) => type === "display_data")).toHaveLength(2);
    expect(streamText(execution)).toMatch(/^layer +class/m);
  }
});
