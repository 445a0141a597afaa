import { encodePng } from "../../../../src/base/png.js";
import { openRun } from "../../../../src/track/openRun.js";

/** With a number that JSON cannot say. */
export const content = {
  kind: "regression",
  size: 2,
  meanSquaredError: 0.25,
  rootMeanSquaredError: 0.5,
  meanAbsoluteError: 0.5,
  r2: Number.NaN,
  points: [[1, 1.5]],
} as const;
const evaluation = { content, text: "", scalars: {}, thresholdCurves: [], charts: {} };

/** A finished run called "media" with one of each kind beside numbers. */
export function mediaRun(dir: string, { artifactBytes = 1000 } = {}) {
  const run = openRun({ name: "media", dir, sources: [], system: false, output: false });
  const picture = new Uint8Array(
    encodePng({ width: 1, height: 1, channels: 3, data: Uint8Array.of(255, 0, 9) }),
  );
  const artifact = new Uint8Array(artifactBytes).map((_, i) => i % 251);
  run.image("in/put", picture, 2);
  run.table("wrong", [{ i: 1, label: "a" }, { i: 2 }, { i: Number.NaN, label: "c" }], 3);
  run.text("no<te>s", "**größe** </script>", 4);
  void run.figure("bars", { mark: "bar", data: { values: [{ a: 1 }] } }, 5);
  run.audio("beep", Float32Array.of(0, 0.5, -0.5), { sampleRate: 8000 }, 6);
  void run.evaluation({ toRecord: () => evaluation }, { name: "held out", step: 7 });
  run.summary({ verdict: "good" });
  run.artifact(artifact, { name: "model.bin", alias: "best" });
  run.finish();
  return { run, picture, artifact };
}
