import { describe, expect, it } from "vitest";
import { evidenceChart } from "../../../src/board/evidenceChart.js";
import { diagnose } from "../../../src/doctor/index.js";
import type { RunData } from "../../../src/track/runData.js";
import { type Recorded, runData } from "../doctor/recordedRuns.js";
import { overfitted, recorded, vanishing } from "./diagnosedRuns.js";

function topOf(run: RunData) {
  const { top } = diagnose(run);
  if (!top) throw new Error("there is no alarm");
  return top;
}

/** The picture as it lies in the card. */
function pictureOf(html: string): string {
  const data = /display:block[^>]+src="data:image\/svg\+xml;base64,([^"]+)"/.exec(html)?.[1] ?? "";
  return Buffer.from(data, "base64").toString();
}

const chartOf = (found: Recorded) => evidenceChart(runData(found), topOf(runData(found))) ?? "";

describe("evidenceChart", () => {
  it("shows the layer that the verdict names above all others of its kind, and where it was seen first", () => {
    const found = recorded(vanishing);
    const run = runData(found);
    const top = topOf(run);
    const html = chartOf(found);
    const tag = top.evidence[0]!.tag!;
    const kernels = [...run.scalars.keys()].filter(
      (name) => name.startsWith(tag.slice(0, tag.indexOf("/"))) && name.endsWith("kernel"),
    );
    expect(html).toContain(`"> ${tag}</span>`);
    expect(html).toContain(`${kernels.length - 1} other layers`);
    expect(html).toContain(`first seen at step ${top.step}`);
    const svg = pictureOf(html);
    // A line for each, and the mark.
    expect(svg.match(/<path /g)).toHaveLength(kernels.length + 1);
    // The named one lies on top: last of the lines.
    expect(svg.lastIndexOf('stroke="#2a86d8"')).toBeGreaterThan(svg.lastIndexOf('opacity="0.6"'));
  });

  it("places each point by its value: on a logarithmic scale equal factors are equal distances", () => {
    const scalars = new Map([
      [
        "epoch/loss",
        {
          steps: Float64Array.of(1, 2, 3, 4),
          values: Float64Array.of(1, 1e2, 1e4, 1e6),
          wallTimes: Float64Array.of(1, 2, 3, 4),
        },
      ],
    ]);
    const run: RunData = { ...runData(recorded(vanishing)), scalars };
    const verdict = {
      ...topOf(runData(recorded(vanishing))),
      evidence: [evidenceOf("epoch/loss")],
      epoch: 3,
    };
    const html = evidenceChart(run, verdict) ?? "";
    const [, line = ""] = /<path d="(M[^"]+)" fill="none"/.exec(pictureOf(html)) ?? [];
    const places = [...line.matchAll(/([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);
    const gaps = (at: 0 | 1) => places.slice(1).map((place, i) => place[at]! - places[i]![at]!);
    for (const at of [0, 1] as const)
      for (const gap of gaps(at)) expect(Math.abs(gap - gaps(at)[0]!)).toBeLessThan(0.25);
    expect(gaps(1)[0]).toBeLessThan(0);
    expect(html).toContain("first seen at epoch 3");
    expect(html).toContain("1e6, logarithmic");
    // The mark stands at the third point.
    expect(pictureOf(html)).toContain(`<path d="M${places[2]![0]!.toFixed(1)} 0V`);
  });

  it("shows a loss beside that of the validation, as the board does", () => {
    const html = chartOf(recorded(overfitted));
    const { tag = "" } = topOf(runData(recorded(overfitted))).evidence.find(({ tag }) => tag) ?? {};
    expect(tag).not.toBe("");
    const legend = [...html.matchAll(/nowrap"><img[^>]+> (epoch[^<]+)</g)].map(([, name]) => name);
    expect(legend).toHaveLength(2);
    expect(legend).toContain(tag);
  });

  it("leaves a gap where a value is none, and is none at all where nothing was recorded", () => {
    const numbers = Float64Array.of(1, 2, Number.NaN, 4, 5);
    const series = { steps: Float64Array.of(1, 2, 3, 4, 5), values: numbers, wallTimes: numbers };
    const run: RunData = { ...runData(recorded(vanishing)), scalars: new Map([["epoch/loss", series]]) };
    const verdict = { ...topOf(runData(recorded(vanishing))), evidence: [evidenceOf("epoch/loss")] };
    const [, line = ""] = /<path d="([^"]+)" fill/.exec(pictureOf(evidenceChart(run, verdict) ?? "")) ?? [];
    expect(line.match(/M/g)).toHaveLength(2);
    expect(line.match(/L/g)).toHaveLength(2);
    expect(evidenceChart({ ...run, scalars: new Map() }, verdict)).toBeUndefined();
  });

  it("escapes what a run calls its series", () => {
    const tag = 'epoch/<b onclick="x">loss';
    const numbers = Float64Array.of(1, 2, 3);
    const run: RunData = {
      ...runData(recorded(vanishing)),
      scalars: new Map([[tag, { steps: numbers, values: numbers, wallTimes: numbers }]]),
    };
    const verdict = { ...topOf(runData(recorded(vanishing))), evidence: [evidenceOf(tag)] };
    const html = evidenceChart(run, verdict) ?? "";
    expect(html).toContain("&lt;b onclick=&quot;x&quot;&gt;loss");
    expect(html).not.toContain("<b onclick");
  });
});

function evidenceOf(tag: string) {
  return { what: "loss", value: 1, threshold: 2, crossed: "below", tag } as const;
}
