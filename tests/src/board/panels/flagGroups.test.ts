import { describe, expect, it } from "vitest";
import { type Flag, flagGroups } from "../../../../src/board/panels/flagGroups.js";

const flag = (problem: string, x: number, layer = 0): Flag => ({
  layer,
  x,
  runs: ["run"],
  verdict: { problem, severity: "warning", message: problem, tags: [] } as unknown as Flag["verdict"],
});

const size = { steps: [0, 1000], width: 500, lineHeight: 20 } as const;
const told = (flags: readonly Flag[], of: Parameters<typeof flagGroups>[1] = size) =>
  flagGroups(flags, of).map(({ layer, marks, names }) => [layer, names?.text, marks.map(({ at }) => at)]);

describe("flagGroups", () => {
  it("puts marks of one step behind each other, each before its own name", () => {
    const groups = flagGroups([flag("VanishingGradient", 0), flag("UpdateRatio", 0)], size);
    expect(groups.map(({ names }) => names?.text)).toEqual(["VanishingGradient", "UpdateRatio"]);
    const [first, second] = groups.map(({ marks, names }) => ({
      mark: marks[0]?.at ?? NaN,
      name: names?.at ?? NaN,
    }));
    expect(first?.mark).toBe(7);
    expect(second?.mark).toBeGreaterThan((first?.name ?? NaN) + 17 * 6);
    expect(second?.name).toBeGreaterThan(second?.mark ?? NaN);
  });

  it("moves a mark that would lie on the name of the one before behind it, and no other", () => {
    const flags = [flag("VanishingGradient", 0), flag("DeadUnits", 200), flag("UpdateRatio", 700)];
    const at = flagGroups(flags, size).map(({ marks }) => marks.map((mark) => mark.at));
    expect(at).toEqual([[7], [expect.closeTo(137.2, 6)], [350]]);
  });

  it("joins marks and names where the line has no room for all", () => {
    const flags = [flag("VanishingGradient", 0), flag("DeadUnits", 0)];
    expect(told(flags, { ...size, width: 150 })).toEqual([[0, "VanishingGradient, DeadUnits", [7, 21]]]);
  });

  it("leaves those that are apart as they are, and writes to the left at the end", () => {
    const groups = flagGroups([flag("UpdateRatio", 0), flag("LossNotDecreasing", 1000)], size);
    expect(groups.map(({ names }) => names?.align)).toEqual(["left", "right"]);
    expect(groups[1]?.names?.at).toBeLessThan(500 - 14);
  });

  it("keeps all marks within the map, and cuts off names that are longer than it", () => {
    const many = Array.from({ length: 6 }, (_, i) => flag(`AProblemWithALongName${i}`, 1000));
    const [group, ...others] = flagGroups(many, { ...size, width: 120 });
    expect(others).toEqual([]);
    for (const { at } of group?.marks ?? []) {
      expect(at).toBeGreaterThanOrEqual(7);
      expect(at).toBeLessThanOrEqual(113);
    }
    expect(group?.names?.limit).toBeLessThan(120);
  });

  it("leaves out names that would lie on those of the line above, where lines are thin", () => {
    const flags = [flag("UpdateRatio", 0, 0), flag("UpdateRatio", 0, 1), flag("UpdateRatio", 0, 2)];
    expect(told(flags, { ...size, lineHeight: 8 }).map(([, name]) => name)).toEqual([
      "UpdateRatio",
      undefined,
      "UpdateRatio",
    ]);
    expect(told(flags).map(([, name]) => name)).toEqual(["UpdateRatio", "UpdateRatio", "UpdateRatio"]);
  });

  it("has room for a run of one step", () => {
    expect(told([flag("UpdateRatio", 0)], { ...size, steps: [0, 0] })).toEqual([[0, "UpdateRatio", [7]]]);
  });
});
