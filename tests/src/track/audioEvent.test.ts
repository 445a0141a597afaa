import { basename } from "node:path";
import { expect, test } from "vitest";
import { openRun } from "../../../src/track/openRun.js";
import { readRun } from "../../../src/track/runReader.js";
import { temporaryFolder } from "./temporaryFolder.js";
import { tensorBoardSees } from "./tensorBoardMedia.js";

test("sounds are heard by TensorBoard, sample by sample, and read back", () => {
  const dir = temporaryFolder();
  const run = openRun({ name: "sounds", dir, sources: [] });
  const wave = Float32Array.from({ length: 400 }, (_, i) => Math.sin(i / 9));
  run.audio("mono", wave, { sampleRate: 8000 }, 3);
  run.audio("mono", [0, 1, -1, 0.25], { sampleRate: 44_100 }, 4);
  run.audio("whole", Int16Array.of(-32768, 0, 32767), { sampleRate: 1 });
  const stereo = { shape: [3, 2], dtype: "float32", dataSync: () => Float32Array.of(0, 1, 0.5, -0.5, -1, 0) };
  run.audio("stereo", stereo, { sampleRate: 16_000 });
  run.finish();

  const { audio } = tensorBoardSees(dir)[`${basename(run.dir)}/main`]!;
  expect(audio.mono!.map(([step, , [sound]]) => [step, sound!.rate, sound!.channels, sound!.width])).toEqual([
    [3, 8000, 1, 2],
    [4, 44_100, 1, 2],
  ]);
  expect(audio.mono![0]![2][0]!.samples).toEqual(Array.from(wave, (value) => Math.round(value * 32767)));
  expect(audio.mono![1]![2][0]!.samples).toEqual([0, 32767, -32767, 8192]);
  expect(audio.whole![0]![2][0]!.samples).toEqual([-32768, 0, 32767]);
  expect(audio.stereo![0]![2][0]).toMatchObject({
    channels: 2,
    samples: [0, 32767, 16384, -16383, -32767, 0],
  });

  const read = readRun(run.dir).audio;
  expect(read.get("stereo")![0]!.clips[0]!.facts).toEqual({ sampleRate: 16_000, channels: 2, frames: 3 });
  expect(Buffer.from(read.get("mono")![0]!.clips[0]!.file.bytes()).toString("latin1", 0, 4)).toBe("RIFF");
});

test.each([
  [
    [0],
    undefined,
    TypeError,
    'audio "t": it must be told the sample rate, such as { sampleRate: 16000 }; got undefined',
  ],
  [
    [0],
    {},
    TypeError,
    'audio "t": it must be told the sample rate, such as { sampleRate: 16000 }; got undefined',
  ],
  [[0], { sampleRate: 0 }, RangeError, "sampleRate must be a whole number of hertz from 1 to 768000; got 0"],
  [[0], { sampleRate: 0.5 }, RangeError, "got 0.5"],
  [[], { sampleRate: 8000 }, RangeError, 'audio "t": it must have a sample; got none'],
  [[0, 1.5], { sampleRate: 8000 }, RangeError, "samples must be from −1 to 1; got 1.5 at 1"],
  [[Number.NaN], { sampleRate: 8000 }, RangeError, "got NaN at 0"],
  ["sound", { sampleRate: 8000 }, TypeError, "samples must be a tensor, a Float32Array from −1 to 1"],
  [["0"], { sampleRate: 8000 }, TypeError, "got a list of something else"],
  [{ shape: [1, 1, 1], dtype: "float32", dataSync: () => [0] }, { sampleRate: 8000 }, TypeError, "[1, 1, 1]"],
  [{ shape: [1], dtype: "int32", dataSync: () => [0] }, { sampleRate: 8000 }, TypeError, "got int32 [1]"],
])("%j with %j is refused", (samples, options, kind, message) => {
  const run = openRun({ name: "bad", dir: temporaryFolder(), sources: [] });
  const writing = () => run.audio("t", samples as never, options as never);
  expect(writing).toThrow(kind);
  expect(writing).toThrow(message);
  run.finish();
});
