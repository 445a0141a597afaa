import { parse, View } from "vega";
import { compile, type TopLevelSpec } from "vega-lite";
import { describe, expect, it } from "vitest";
import { everyRunTooltip, hasSeveralRuns } from "../../../../src/board/panels/everyRunTooltip.js";
import type { PanelStyle } from "../../../../src/board/section.js";
import { type BoardRun, labelled } from "../../../../src/board/series.js";
import { timeAxis } from "../../../../src/board/xAxis.js";
import { exampleRun, series } from "../exampleRuns.js";
import { panelStyle } from "../panelStyle.js";

type Tip = Readonly<Record<string, string | undefined>>;

/** Without what the client leaves out. */
const told = (tip: Tip): Tip =>
  Object.fromEntries(Object.entries(tip).filter(([, value]) => value !== undefined));
/** With names as people read them. */
const read = (tips: readonly Tip[]): Tip[] =>
  tips.map((tip) =>
    Object.fromEntries(Object.entries(tip).map(([name, value]) => [name.replace(/\u00a0$/, ""), value])),
  );

interface Asked {
  readonly tags?: readonly string[];
  readonly style?: Partial<PanelStyle>;
}

/** What Vega makes of the layer: a tooltip a place, or a place and line. */
async function tipsOf(runs: readonly BoardRun[], { tags = ["loss"], style }: Asked = {}): Promise<Tip[]> {
  const whole: PanelStyle = { ...panelStyle, ...style };
  const axis = timeAxis(whole.x, [0, 1]);
  const y = (field: string) => ({ field, type: "quantitative" });
  const layer = everyRunTooltip(tags, runs, { style: whole, id: "chart", step: "step", axis, y });
  const spec = { encoding: { x: axis.encoding }, layer: [layer] };
  const view = new View(parse(compile(spec as unknown as TopLevelSpec).spec), { renderer: "none" });
  try {
    await view.runAsync();
    const { data } = view.getState({ data: () => true }) as { data: Record<string, unknown> };
    const rows = Object.keys(data).map((name) => view.data(name) as { tip?: Tip }[]);
    const tips = rows.find((found) => found[0]?.tip !== undefined) ?? [];
    return tips.map(({ tip = {} }) => told(tip));
  } finally {
    view.finalize();
  }
}

const named = (names: readonly string[]) =>
  labelled(names.map((name, i) => exampleRun(name, { loss: series([i + 0.5, i + 0.25]) })));

describe("hasSeveralRuns", () => {
  it("counts those with points of one of the tags", () => {
    const runs = labelled([
      exampleRun("a", { loss: series([1]) }),
      exampleRun("b", { valLoss: series([1]), empty: series([]) }),
      exampleRun("c", { empty: series([]) }),
    ]);
    expect(hasSeveralRuns(["loss"], runs)).toBe(false);
    expect(hasSeveralRuns(["empty"], runs)).toBe(false);
    expect(hasSeveralRuns(["loss", "valLoss"], runs)).toBe(true);
  });
});

describe("everyRunTooltip", () => {
  it("lists each run's logged value at each place, and nothing where a run has none", async () => {
    const runs = labelled([
      exampleRun("a", { loss: series([3, 2, 1.23456789]) }),
      exampleRun("b", { loss: series([30, 20], [0, 1]) }),
      exampleRun("without", {}),
      exampleRun("late", { loss: series([1e-7], [2]) }),
    ]);
    expect(read(await tipsOf(runs, { style: { smoothing: 0.9 } }))).toEqual([
      // (0.9 · 3 + 2) / 1.9; (0.81 · 3 + 0.9 · 2 + 1.23456789) / 2.71.
      { title: "step 0", a: "3, smoothed 3", b: "30, smoothed 30" },
      { title: "step 1", a: "2, smoothed 2.47368", b: "20, smoothed 24.7368" },
      { title: "step 2", a: "1.23457, smoothed 2.01645", late: "1e-7, smoothed 1e-7" },
    ]);
  });

  it("says at which step of its own a run has a value that is told at another one's", async () => {
    const often = Array.from({ length: 3001 }, (_, i) => i);
    const runs = labelled([
      exampleRun("often", { loss: series(often.map((i) => -i)) }),
      exampleRun("seldom", { loss: series([7, 8, 9, 10], [0, 1000, 2000, 3000]) }),
    ]);
    const tips = read(await tipsOf(runs, { style: { smoothing: 0 } }));
    expect(tips.length).toBeGreaterThan(20);
    for (const { title, often: one, seldom } of tips) {
      const step = Number(String(title).replace("step ", ""));
      expect(one).toBe(step === 0 ? "0" : `−${step}`);
      const nearest = Math.round(step / 1000);
      expect(seldom).toBe(step % 1000 === 0 ? `${7 + nearest}` : `${7 + nearest} (step ${nearest * 1000})`);
    }
    const paired = labelled([
      exampleRun("a", { loss: series([1, 2, 3]), valLoss: series([9], [2]) }),
      exampleRun("b", { loss: series([4, 5], [0, 2]) }),
    ]);
    expect(read(await tipsOf(paired, { tags: ["loss", "valLoss"] }))[1]).toEqual({
      title: "step 1: training / validation",
      a: "2 / –",
      b: "5 (step 2) / –",
    });
  });

  it("says that values are raw ones where lines are drawn smoothed and there is no room for those values", async () => {
    const long = (name: string) =>
      exampleRun(name, { loss: series(Array.from({ length: 60 }, (_, i) => i / 8)) });
    const runs = labelled(["a", "b"].map(long));
    const usual = { style: { smoothing: undefined } };
    expect((await tipsOf(runs, usual))[0]?.title).toBe("step 0");
    expect(read(await tipsOf(runs, usual))[1]?.a).toMatch(/^[\d.]+, smoothed [\d.]+$/);
    const many = labelled(Array.from({ length: 13 }, (_, i) => long(`run-${i}`)));
    const [first] = read(await tipsOf(many, usual));
    expect([first?.title, first?.["run-0"]]).toEqual(["step 0: raw values", "0"]);
    expect((await tipsOf(runs, { style: { smoothing: 0 } }))[0]?.title).toBe("step 0");
    expect((await tipsOf(named(["c", "d"]), usual))[0]?.title).toBe("step 0");
  });

  it("leaves a run without values in times in which it rested", async () => {
    const at = (times: readonly number[]) => ({
      steps: Float64Array.from(times, (_, i) => i),
      values: Float64Array.from(times, (_, i) => i),
      wallTimes: Float64Array.from(times, (time) => 1_760_000_000 + time),
    });
    const runs = labelled([
      exampleRun("steady", { loss: at(Array.from({ length: 21 }, (_, i) => i * 10)) }),
      exampleRun("rested", { loss: at([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 200]) }),
    ]);
    const tips = read(await tipsOf(runs, { style: { x: "relative", smoothing: 0 } }));
    const middle = tips.find(({ steady }) => steady === "10");
    expect(middle).not.toHaveProperty("rested");
    expect(tips.at(-1)).toMatchObject({ steady: "20", rested: "11" });
  });

  it("says what is not finite, and takes the later of two values of one step and of a restart", async () => {
    const runs = labelled([
      exampleRun("odd", { loss: series([1, Number.NaN, Infinity, -Infinity]) }),
      exampleRun("twice", { loss: series([5, 6, 7], [0, 0, 3]) }),
      exampleRun("restarted", { loss: series([1, 2, 3, 4, 22, 33], [0, 1, 2, 3, 1, 2]) }),
    ]);
    expect(read(await tipsOf(runs))).toEqual([
      { title: "step 0", odd: "1", twice: "6", restarted: "1" },
      { title: "step 1", odd: "NaN", twice: "6 (step 0)", restarted: "22" },
      { title: "step 2", odd: "Infinity", twice: "7 (step 3)", restarted: "33" },
      { title: "step 3", odd: "−Infinity", twice: "7" },
    ]);
  });

  it("takes runs by any name, in their order", async () => {
    const names = [
      "a.b[0]",
      `"quoted" \\ 'single'`,
      "<img src=x onerror=alert(1)>",
      "title",
      "image",
      "__proto__",
      "12",
      "3",
      "\u{1f600} 学習 \u2028",
      "datum.r0",
    ];
    const [first] = await tipsOf(named(names));
    // Not at the places that `title`, `image` and numbers have in an object.
    expect(Object.keys(first ?? {})).toEqual([
      "title",
      ...names.map((name) => `${expectedName(name)}\u00a0`),
    ]);
  });

  it("keeps names of one beginning apart", async () => {
    const long = (end: string) => `a run with a name that is long ${end}`;
    const [first] = read(await tipsOf(named([long("one"), long("two")])));
    expect(Object.keys(first ?? {})).toEqual([
      "title",
      "a run with … is long one",
      "a run with … is long two",
    ]);
    const middle = (text: string) => `a run with a ${text} name that is long`;
    const [whole] = read(await tipsOf(named([middle("one"), middle("two")])));
    expect(Object.keys(whole ?? {})).toEqual(["title", middle("one"), middle("two")]);
  });

  it("puts training and validation of a run beside each other", async () => {
    const runs = labelled([
      exampleRun("both", { loss: series([1, 2]), valLoss: series([3, 4]) }),
      exampleRun("one", { loss: series([5, 6]) }),
      exampleRun("other", { valLoss: series([7], [1]) }),
    ]);
    expect(read(await tipsOf(runs, { tags: ["loss", "valLoss"] }))).toEqual([
      { title: "step 0: training / validation", both: "1 / 3", one: "5 / –" },
      { title: "step 1: training / validation", both: "2 / 4", one: "6 / –", other: "– / 7" },
    ]);
  });

  it("lists of many runs the dozen around the one pointed at, and counts the others", async () => {
    const runs = named(Array.from({ length: 30 }, (_, i) => `run-${i}`));
    const tips = read(await tipsOf(runs));
    expect(tips).toHaveLength(60);
    const listed = (tip: Tip | undefined) => Object.keys(tip ?? {}).filter((name) => name.startsWith("run"));
    for (const tip of tips) {
      expect(listed(tip).length).toBeGreaterThanOrEqual(6);
      expect(listed(tip).length).toBeLessThanOrEqual(12);
      expect(tip["not listed"]).toBe(`${30 - listed(tip).length} lines farther from the pointer`);
    }
    // Their values rise with their numbers: around the 16th are the 11th to the 22nd.
    const middle = tips.find((tip) => listed(tip)[0] === "run-10" && listed(tip).length === 12);
    expect(listed(middle).at(-1)).toBe("run-21");
  });

  it("tells times by the unit of their axis, and finds runs that logged at other moments", async () => {
    const at = (times: readonly number[]) => ({
      steps: Float64Array.from(times, (_, i) => i),
      values: Float64Array.from(times, (time) => time % 1000),
      wallTimes: Float64Array.from(times),
    });
    const runs = labelled([
      exampleRun("a", { loss: at([1_760_000_000, 1_760_000_010, 1_760_000_020]) }),
      exampleRun("b", { loss: at([1_760_000_000.5, 1_760_000_010.5, 1_760_000_020.5]) }),
    ]);
    const relative = read(await tipsOf(runs, { style: { x: "relative" } }));
    expect(relative[1]).toEqual({ title: "10 seconds since start", a: "10", b: "10.5" });
    const wall = read(await tipsOf(runs, { style: { x: "wall" } }));
    expect(wall.at(-1)).toEqual({ title: "2025-10-09 08:53:40 UTC", a: "20", b: "20.5" });
    expect(wall).toHaveLength(6);
  });
});

/** As the tooltip writes it: cut in its middle, controls replaced. */
function expectedName(name: string): string {
  return [...name].length > 24 ? `${name.slice(0, 11)}…${name.slice(-12)}` : name;
}
