import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { heldKinds } from "../../../src/board/heldKinds.js";
import { boardSettings } from "../../../src/board/options.js";
import { readBoard } from "../../../src/board/read.js";
import { runDetails } from "../../../src/board/source/runDetails.js";
import { unpackBoard } from "../../../src/board/unpackBoard.js";
import { openRun } from "../../../src/track/openRun.js";
import { carriedPage } from "./carriedPage.js";

it("names what runs of a folder hold, and of a page in a file what it carries, with the runs' details", () => {
  const folder = mkdtempSync(join(tmpdir(), "board-held-"));
  try {
    const dirs = ["one", "two"].map((name) => {
      const run = openRun({
        name,
        dir: folder,
        sources: [],
        notes: `of ${name}`,
        tags: ["a"],
        config: { lr: 1 },
      });
      run.log({ "epoch/valLoss": 1 }, 1);
      if (name === "two") {
        run.text("story", "well", 1);
        run.table("wrong", [{ index: 1 }], 1);
        run.alert("Loss", "is high");
      }
      run.finish();
      return run.dir;
    });
    const read = (kind?: "text") =>
      readBoard({ runs: dirs, sweeps: [] }, boardSettings(kind === undefined ? {} : { kind }));
    const { runs } = read();
    expect(heldKinds(runs)).toEqual(["scalars", "hparams", "text", "tables"]);
    expect(heldKinds(runs.slice(0, 1))).toEqual(["scalars"]);
    expect(heldKinds([])).toEqual([]);
    const page = (kind?: "text") => {
      const settings = boardSettings(kind === undefined ? {} : { kind });
      return unpackBoard(JSON.parse(JSON.stringify(carriedPage(read(kind), settings))));
    };
    expect(heldKinds(page().runs)).toEqual(["scalars", "hparams"]);
    expect(heldKinds(page("text").runs)).toEqual(["scalars", "hparams", "text"]);
    expect(runDetails(page(), "two")).toEqual(runDetails(read(), "two"));
    expect(runDetails(page(), "two")).toMatchObject({
      notes: "of two",
      tags: ["a"],
      config: [["lr", "1"]],
      alerts: [{ level: "info", title: "Loss", text: "is high", count: 1 }],
    });
    expect(() => runDetails(page(), "three")).toThrow(RangeError);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
