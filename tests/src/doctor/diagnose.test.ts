import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { tags } from "../../../src/base/tags.js";
import { Diagnosis } from "../../../src/doctor/diagnosis.js";
import { diagnose } from "../../../src/doctor/index.js";
import { rules } from "../../../src/doctor/rules/rules.js";
import { type Problem, problems, type RuleOutcome } from "../../../src/doctor/verdict.js";
import { readRun, rowLossFile } from "../../../src/track/index.js";
import { openRun } from "../../../src/track/openRun.js";
import { temporaryFolder } from "../track/temporaryFolder.js";
import { modelOf, recordedRuns, runData, scalarsOf } from "./recordedRuns.js";

const recorded = recordedRuns();

/** An adaptive optimiser may dig such a net out of its plateau; where it learns, that is no failing run. */
const digsOut = /^Q sigmoid \dx\d+ adam/;

describe("diagnose, on nets really trained", () => {
  const healthy = recorded.filter(({ expect }) => expect === null);
  test.each(healthy.map((run) => [run.name, run] as const))("%s: no alarm", (_, run) => {
    const diagnosis = diagnose(runData(run));
    expect(diagnosis.verdicts).toEqual([]);
  });

  const faulty = recorded.filter(({ expect, name }) => expect !== null && !digsOut.test(name));
  test.each(faulty.map((run) => [run.name, run] as const))("%s: the right verdict first", (_, run) => {
    const { top, verdicts } = diagnose(runData(run));
    // Of a loss that is NaN at once nothing says that it grew.
    expect(top?.problem).toBe(run.stepLoss[0] === "nan" ? "NotFinite" : run.expect);
    for (const verdict of verdicts) {
      expect(verdict.evidence.length).toBeGreaterThan(0);
      expect(verdict.prescription.length).toBeGreaterThan(verdict.follows === undefined ? 1 : 0);
      for (const { value, threshold, crossed } of verdict.evidence) {
        expect(Number.isFinite(value)).toBe(true);
        const holds = { below: value < threshold, above: value > threshold, "at least": value >= threshold };
        expect(holds[crossed]).toBe(true);
      }
    }
  });

  test.each(recorded.filter(({ name }) => digsOut.test(name)).map((run) => [run.name, run] as const))(
    "%s: an alarm only if it did not learn in the end",
    (_, run) => {
      const learnt = Number(run.epochs.valAccuracy.at(-1)) >= 0.7;
      expect(diagnose(runData(run)).top?.problem).toBe(learnt ? undefined : "VanishingGradient");
    },
  );

  test("a stall that follows from vanished gradients is listed under them", () => {
    const stalled = recorded.find(({ name }) => name.startsWith("Q sigmoid 8x64 sgd#"))!;
    const { verdicts } = diagnose(runData(stalled));
    expect(verdicts.map(({ problem, follows }) => [problem, follows])).toEqual([
      ["VanishingGradient", undefined],
      ["LossNotDecreasing", "VanishingGradient"],
    ]);
    expect(verdicts[0]).toMatchObject({ severity: "error", layer: "dense_1", step: 0 });
  });

  test("weights that stay follow from vanished gradients where the last layer moves", () => {
    const stalled = recorded.find(({ name }) => name.startsWith("Q sigmoid 8x64 sgd#"))!;
    const { layers } = modelOf(stalled);
    const still = (moving: number) => {
      const scalars = scalarsOf(stalled);
      layers.forEach(({ name }, depth) => {
        const { steps, wallTimes } = scalars.get(tags.gradientL2(`${name}/kernel`))!;
        const values = Float64Array.from(steps, () => (depth < layers.length - moving ? 0 : 1e-3));
        scalars.set(tags.updateRatio(`${name}/kernel`), { steps, values, wallTimes });
      });
      return diagnose(runData(stalled, scalars)).verdicts.filter(({ problem }) => problem !== "UpdateRatio");
    };
    expect(still(1).map(({ problem, severity, follows }) => [problem, severity, follows])).toEqual([
      ["VanishingGradient", "error", undefined],
      ["LossNotDecreasing", "error", "VanishingGradient"],
      // It says no more than its cause.
      ["DeadLayer", "info", "VanishingGradient"],
    ]);
    expect(JSON.stringify(still(1))).not.toContain("mayFollow");
    expect(still(0)[0]).toMatchObject({ problem: "DeadLayer", severity: "error" });
  });

  test("says the same of a run read back from its folder", () => {
    const net = recorded.find(({ name }) => name.startsWith("Q sigmoid 8x128 sgd#"))!;
    const run = openRun({ name: net.name, dir: temporaryFolder(), sources: [], model: modelOf(net) });
    for (const [tag, { steps, values }] of scalarsOf(net)) {
      for (let i = 0; i < steps.length; i++) run.log({ [tag]: values[i]! }, steps[i]!);
    }
    run.finish();
    expect(diagnose(readRun(run.dir)).verdicts).toEqual(diagnose(runData(net)).verdicts);
  });

  test("the order of logging stands in for the model, and PyTorch's weight for the kernel", () => {
    const net = recorded.find(({ name }) => name.startsWith("VG3"))!;
    const renamed = new Map(
      [...scalarsOf(net)].map(([tag, series]) => [tag.replace("/kernel", "/weight"), series]),
    );
    const { record, ...rest } = runData(net, renamed);
    const { model: _, ...bare } = record;
    expect(diagnose({ ...rest, record: bare }).top).toMatchObject({
      problem: "VanishingGradient",
      layer: "dense_1",
    });
  });
});

describe("diagnose, without enough to judge", () => {
  const net = recorded.find(({ name }) => name.startsWith("H1"))!;

  test("an empty run is neither ill nor healthy", () => {
    const diagnosis = diagnose(runData(net, new Map()));
    expect(diagnosis.top).toBeUndefined();
    expect(diagnosis.healthy).toBe(false);
    expect(diagnosis.headline).toBe("not enough recorded to judge");
    expect(diagnosis.outcomes.map(({ outcome }) => outcome)).toEqual(rules.map(() => "notEnough"));
  });

  test("a run with metrics only says which rules could not judge", () => {
    const metrics = new Map([...scalarsOf(net)].filter(([tag]) => tag.startsWith("epoch/")));
    const diagnosis = diagnose(runData(net, metrics));
    expect(diagnosis.healthy).toBe(false);
    expect(String(diagnosis)).toMatch(/not judged \(--json says what each needs\): .*VanishingGradient/);
    expect(String(diagnosis.toMimeBundle()["text/html"])).toContain(
      "VanishingGradient (needs gradient norms of at least 2 layers)",
    );
  });

  test("a run is healthy where every rule could judge and found nothing", () => {
    const made = (...outcomes: RuleOutcome["outcome"][]) =>
      new Diagnosis(runData(net), {
        verdicts: diagnose(runData(net)).verdicts,
        outcomes: outcomes.map((outcome, i) => ({ problem: problems[i] as Problem, outcome })),
        older: 0,
      });
    expect(made("healthy", "healthy")).toMatchObject({ healthy: true, headline: "healthy" });
    expect(made("healthy", "notEnough")).toMatchObject({
      healthy: false,
      headline: "no alarm by the 1 of 2 rules that could judge",
    });
  });
});

describe("a diagnosis", () => {
  const net = {
    ...recorded.find(({ name }) => name.startsWith("VG1"))!,
    name: '<img src=x onerror="alert(1)">',
  };
  const renamed = { ...net, layers: net.layers.map((layer) => ({ ...layer, name: `<b>&"${layer.name}` })) };
  const diagnosis = diagnose(runData(renamed));

  test("shows evidence beside its threshold, and the line to paste", () => {
    const text = diagnosis.toMimeBundle()["text/plain"];
    expect(text).toMatch(/✗ VanishingGradient \(error\): The gradient shrinks about [\d,]+ times from/);
    expect(text).toMatch(/‖g‖ of .*dense_1 \/ ‖g‖ of .*output.* = [\d.e-]+ \(threshold: below 0.001\)/);
    expect(text).toContain('activation: "relu", initializer: "heNormal" })');
  });

  test("keeps the changes for programs out of what people read", () => {
    const { "text/plain": text, "text/html": html } = diagnosis.toMimeBundle();
    expect(JSON.stringify(diagnosis)).toContain('"change":{"model":{"activation":"relu"');
    expect(`${text}${html}`).not.toContain("change:");
    expect(`${text}${html}`).not.toContain("[object");
  });

  test("escapes what comes from the run", () => {
    const html = String(diagnosis.toMimeBundle()["text/html"]);
    expect(html).not.toMatch(/<img|<b>/);
    expect(html).toContain("&lt;img src=x onerror=&quot;alert(1)&quot;&gt;");
    expect(html).toContain("&lt;b&gt;&amp;&quot;dense_1");
  });

  test("is JSON for machines", () => {
    const json = JSON.parse(JSON.stringify(diagnosis)) as { verdicts: unknown[]; healthy: boolean };
    expect(json.healthy).toBe(false);
    expect(json.verdicts[0]).toMatchObject({ problem: "VanishingGradient", severity: "error" });
  });
});

test("tags of the rules are those that training logs", () => {
  const net = recorded.find(({ name }) => name.startsWith("VG1"))!;
  const logged = new Set(scalarsOf(net).keys());
  const used = diagnose(runData(net)).verdicts.flatMap(({ evidence }) => evidence.map(({ tag }) => tag));
  expect(used).toContain(tags.gradientL2("dense_1/kernel"));
  for (const tag of used) expect(logged).toContain(tag);
});

describe("diagnose, of files that are not whole", () => {
  const net = recorded.find(({ name }) => name.startsWith("Q sigmoid 8x64 sgd#"))!;
  const missing = ({ outcomes }: Diagnosis, problem: Problem) =>
    outcomes.find((outcome) => outcome.problem === problem)?.missing;

  test("a rule that fails could not judge, and the others say what they said", () => {
    const whole = diagnose(runData(net));
    const broken = { schemaVersion: 1, dataset: "made", sizes: {}, inputs: [null], targets: [] };
    const data = { record: () => broken as never, hashes: () => undefined };
    const diagnosis = diagnose({ ...runData(net), data });
    expect(missing(diagnosis, "UnnormalizedInput")).toMatch(
      /^what it reads to be whole; it failed with TypeError: /,
    );
    expect(diagnosis.verdicts.length).toBeGreaterThan(0);
    expect(diagnosis.verdicts).toEqual(whole.verdicts);
    expect(diagnosis.outcomes.length).toBe(rules.length);
  });

  test("losses of samples that were changed are named", () => {
    const dir = temporaryFolder();
    const run = { dir, problem: (sentence: string) => expect.fail(sentence) };
    const values = Float32Array.of(0.1, 2);
    for (const epoch of [1, 2])
      rowLossFile(run, Int32Array.of(0, 1))(epoch, { losses: values, answers: values });
    const given = runData(net);
    const target = { kind: "classes", classes: 2 } as const;
    const output = { name: "o", activation: "softmax", units: 2, loss: "crossEntropy", target };
    const record = { ...given.record, model: { ...modelOf(net), outputs: [output] } };
    const judged = () => missing(diagnose({ ...given, dir, record }), "LabelNoise");
    expect(judged()).not.toContain("rowLosses.bin");
    const file = join(dir, "rowLosses.bin");
    const bytes = readFileSync(file);
    bytes[bytes.length - 8]! ^= 4;
    writeFileSync(file, bytes);
    expect(judged()).toContain(`SyntaxError: read ${file}: it must hold losses of samples`);
  });

  test("a record that is none is told with its folder", () => {
    const given = runData(net);
    const record = { ...given.record, model: { layers: 3, parameters: 1 } as never };
    expect(() => diagnose({ ...given, dir: "runs/odd", record })).toThrow(
      "diagnose runs/odd: its record must be whole",
    );
  });
});
