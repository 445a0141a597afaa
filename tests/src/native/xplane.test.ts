import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { data, fit as fitModel, models, type OpEvent, profileOps } from "../../../src/index.js";
import { fieldsOf } from "../../../src/native/protobuf.js";
import { type TimedEvents, xspace } from "../../../src/native/xplane.js";
import { temporaryFolder } from "../track/temporaryFolder.js";

/** TensorFlow's wheel, whose description of the format reads the file. */
const python = join(import.meta.dirname, "../../../.venv/bin/python");
/** Where the environment is not there, such as beside another library. */
const hasPython = existsSync(python) || process.env.CI !== undefined;
const oracles = join(import.meta.dirname, "../../oracles/native");

interface Seen {
  readonly hosts: string[];
  readonly planes: {
    readonly name: string;
    readonly stats: Record<string, string>;
    readonly lines: { readonly name: string; readonly timestamp_ns: number; readonly events: SeenEvent[] }[];
  }[];
}

interface SeenEvent {
  readonly name: string;
  readonly shown: string;
  readonly offset_ps: number;
  readonly duration_ps: number;
  readonly stats: Record<string, string | number>;
}

function tensorflowReads(content: Uint8Array): Seen {
  const file = join(temporaryFolder(), "one.xplane.pb");
  writeFileSync(file, content);
  const { status, stdout, stderr } = spawnSync(python, [join(oracles, "read_xplane.py"), file], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  expect(status, stderr).toBe(0);
  return JSON.parse(stdout) as Seen;
}

/** Of these `xprof.json` tells what TensorBoard's plugin makes. */
const told = JSON.parse(readFileSync(join(oracles, "xprofEvents.json"), "utf8")) as TimedEvents;

describe.skipIf(!hasPython)("xspace", () => {
  it("is read by TensorFlow's own description of the format, each event as the profile has it", async () => {
    const x = Array.from({ length: 64 }, (_, i) => [i % 2, 1 - (i % 2)]);
    const points = data.arrays({ x, y: x.map(([one = 0]) => one), classes: 2 });
    const model = models.mlp({ inputShape: [2], hidden: [4], classes: 2 });
    const options = { epochs: 1, batchSize: 16, track: false, progress: false } as const;
    const profile = await profileOps(() => fitModel(model, points, options), { eager: true });
    const { hosts, planes } = tensorflowReads(xspace(profile, "größe"));
    expect(hosts).toEqual(["größe"]);
    expect(planes.map(({ name }) => name)).toEqual(["/host:CPU", "Task Environment"]);
    expect(planes[0]?.lines.map(({ name, timestamp_ns }) => [name, timestamp_ns])).toEqual([
      ["JavaScript's thread", 0],
    ]);
    const seen = planes[0]?.lines[0]?.events ?? [];
    const inOrder = [...profile.events].sort((a, b) => a.begin - b.begin || b.milliseconds - a.milliseconds);
    expect(seen.map(({ shown }) => shown)).toEqual(inOrder.map(({ name }) => name));
    seen.forEach(({ offset_ps, duration_ps, stats }, i) => {
      const { begin, milliseconds, inputs, outputs, flops, bytes, layer, pass } = inOrder[i] as OpEvent;
      // A nanosecond of rounding each.
      expect(Math.abs(offset_ps - begin * 1e9)).toBeLessThanOrEqual(1000);
      expect(Math.abs(duration_ps - milliseconds * 1e9)).toBeLessThanOrEqual(2000);
      const shapes = (all: OpEvent["inputs"]) =>
        all.map((shape) => JSON.stringify(shape)).join(" ") || undefined;
      const facts = { inputs: shapes(inputs), outputs: shapes(outputs), FLOPs: flops, bytes, layer, pass };
      expect(stats).toEqual(JSON.parse(JSON.stringify(facts)));
    });
    expect(seen.filter(({ stats }) => Number(stats.FLOPs) > 0).length).toBeGreaterThan(0);
    // Of every op, as of the products above, all that its calls put out.
    for (const { name, bytes } of profile.ops) {
      const own = seen.filter(({ name: full }) => full.endsWith(`:${name}`));
      expect(
        own.reduce((sum, { stats }) => sum + Number(stats.bytes), 0),
        name,
      ).toBe(bytes);
    }
  });

  it("names ops by their layers, in the letters that TensorFlow allows, and has lanes for threads", () => {
    const { planes } = tensorflowReads(xspace(told, "host"));
    expect(planes[0]?.lines.map(({ name, events: own }) => [name, own.map((one) => one.name)])).toEqual([
      [
        "JavaScript's thread",
        [
          "layer dense 1_ä forward",
          "dense_1__/MatMul:MatMul",
          "dense_1__/Relu:Relu",
          "dense_1__/backward/MatMul:MatMul",
          "._FusedConv2D:_FusedConv2D",
          "captured_step:CapturedFunction",
        ],
      ],
      ["threads of captured steps", ["captured_step:CapturedFunction"]],
    ]);
    const conv = planes[0]?.lines[0]?.events[4];
    expect(conv).toMatchObject({ offset_ps: 4e9, duration_ps: 1000 });
    expect(conv?.stats).toEqual({ inputs: "[]", FLOPs: 2 ** 40, bytes: 0 });
    expect(planes[1]?.stats).toEqual({ profile_start_time: "1795980544123456000" });
  });
});

it("writes more events than a call takes arguments", () => {
  const count = 150_000;
  const neg = { name: "Neg", kind: "op", milliseconds: 0.5, inputs: [], outputs: [], aside: false } as const;
  const events = Array.from({ length: count }, (_, begin) => ({ ...neg, begin }));
  const part = (bytes: Uint8Array, number: number) =>
    [...fieldsOf(bytes)].filter((one) => one.number === number);
  const [plane] = part(xspace({ events, beganAt: 0 }, "host"), 1);
  const [line] = part(plane?.content as Uint8Array, 3);
  expect(part(line?.content as Uint8Array, 4)).toHaveLength(count);
});

/** See `xprof.py`. */
interface Xprof {
  readonly file: string;
  readonly tools: string[];
  readonly timeline: {
    readonly lane: string;
    readonly name: string;
    readonly begin: number;
    readonly microseconds: number;
    readonly args: Record<string, string>;
  }[];
  readonly ops: { readonly type: string; readonly operation: string; readonly total_self_time: number }[];
}

describe("TensorBoard's profile plugin", () => {
  const seen = JSON.parse(readFileSync(join(oracles, "xprof.json"), "utf8")) as Xprof;

  it("read this very file", () => {
    expect(Buffer.from(xspace(told, "host")).toString("base64")).toBe(seen.file);
    expect(seen.tools).toEqual(
      expect.arrayContaining(["trace_viewer@", "framework_op_stats", "overview_page"]),
    );
  });

  it("shows each event on the timeline", () => {
    const shown = (all: Xprof["timeline"]) => all.map((one) => JSON.stringify(one)).sort();
    const texts = (values: object) =>
      Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
    const expected = told.events.map(
      ({ name, kind, begin, milliseconds, aside, inputs, outputs, ...rest }) => {
        const { flops, bytes, layer, pass } = rest;
        const shapes = (given: OpEvent["inputs"]) => given.map((shape) => JSON.stringify(shape)).join(" ");
        const facts = {
          ...(flops !== undefined && { FLOPs: flops }),
          ...(bytes !== undefined && { bytes }),
          ...(inputs.length > 0 && { inputs: shapes(inputs) }),
          ...(layer !== undefined && { layer }),
          ...(outputs.length > 0 && { outputs: shapes(outputs) }),
          ...(pass !== undefined && { pass }),
        };
        return {
          lane: aside ? "threads of captured steps" : "JavaScript's thread",
          name,
          begin: Number((begin * 1000).toFixed(3)),
          microseconds: Number((milliseconds * 1000).toFixed(3)),
          args: texts(facts),
        };
      },
    );
    expect(shown(seen.timeline)).toEqual(shown(expected));
  });

  it("counts ops, and not layers, with their own time", () => {
    const rows = seen.ops.map(({ type, operation, total_self_time }) => [type, operation, total_self_time]);
    expect(rows.sort()).toEqual([
      ["CapturedFunction", "captured_step", 3250],
      ["MatMul", "dense_1__/MatMul", 750],
      ["MatMul", "dense_1__/backward/MatMul", 500],
      ["Relu", "dense_1__/Relu", 125],
      ["_FusedConv2D", "._FusedConv2D", 0.001],
    ]);
  });
});
