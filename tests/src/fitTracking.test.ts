import { expect, it, vi } from "vitest";
import { fit as fitModel } from "../../src/fit.js";
import { digits, model, stage } from "./fit/trainingScene.js";
import { smallDisk } from "./track/smallDisk.js";

stage();

it("trains on, unrecorded, where runs may not be written, and says so once", async (context) => {
  const dir = smallDisk(context, "size=64k,ro");
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const run = await fitModel(model(), digits, { epochs: 1, track: { name: "read-only", dir } });
  const said = warn.mock.calls.map(([text]) => String(text)).filter((text) => text.includes("recorded"));
  warn.mockRestore();
  expect(run.status).toBe("finished");
  expect(run.best("accuracy")).toBeGreaterThan(0.5);
  expect(run.dir).toBeUndefined();
  expect(said).toEqual([expect.stringMatching(/goes on without being recorded: EROFS/)]);
});

it("is refused where a training that is to be saved has no folder to be saved in", async (context) => {
  const dir = smallDisk(context, "size=64k,ro");
  const options = { epochs: 1, track: { name: "read-only", dir }, checkpoint: true };
  await expect(fitModel(model(), digits, options)).rejects.toThrow("EROFS");
});
