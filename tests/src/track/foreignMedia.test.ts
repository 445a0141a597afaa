import { join } from "node:path";
import { expect, test } from "vitest";
import { EventFileReader } from "../../../src/track/eventFileReader.js";
import { EventSink } from "../../../src/track/eventSink.js";

/** Written by torch.utils.tensorboard; the script beside it says what. */
const file = join(import.meta.dirname, "../../oracles/tensorboard/pytorchMedia.tfevents");

test("what PyTorch recorded beside numbers is read", () => {
  const sink = new EventSink();
  const reader = new EventFileReader(file, "pytorch", sink);
  reader.refresh();
  expect(reader.problems).toEqual([]);
  const { texts, images, audio, graph } = sink.media.media();
  const [[tag, [text]] = ["", []]] = texts;
  expect([tag, text?.step, text?.wallTime, text?.texts[0]?.text()]).toEqual([
    "notes/text_summary",
    4,
    1000.5,
    "**from** PyTorch",
  ]);
  const [picture] = images.get("picture")!;
  expect(picture).toMatchObject({ step: 5, width: 3, height: 2 });
  expect(Buffer.from(picture!.images[0]!.bytes()).toString("latin1", 1, 4)).toBe("PNG");
  const [sound] = audio.get("sound")!;
  expect(sound).toMatchObject({ step: 6, wallTime: 1002.5 });
  expect(sound!.clips[0]!.facts).toEqual({ sampleRate: 8000, channels: 1, frames: 4 });
  const nodes = graph!.nodes();
  expect(nodes.find(({ kind }) => kind === "aten::relu" || kind === "onnx::Relu")?.inputs).toHaveLength(1);
  expect(nodes.map(({ name }) => name)).toContain("input/input.1");
});
