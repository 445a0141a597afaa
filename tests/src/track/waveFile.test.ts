import fc from "fast-check";
import { expect, test } from "vitest";
import { waveFacts, waveFile } from "../../../src/track/waveFile.js";

test("what a file's header says is what it was made of", () => {
  const file = waveFile(Int16Array.of(1, 2, 3, 4, 5, 6), { sampleRate: 48_000, channels: 3 });
  expect(waveFacts(file)).toEqual({ sampleRate: 48_000, channels: 3, frames: 2 });
});

test("a file with other parts before its sound is read, and one without sound is not", () => {
  const file = Buffer.from(waveFile(Int16Array.of(1, 2), { sampleRate: 8000, channels: 1 }));
  const list = Buffer.concat([Buffer.from("LIST\u0003\0\0\0abc\0", "latin1")]);
  const longer = Buffer.concat([file.subarray(0, 36), list, file.subarray(36)]);
  expect(waveFacts(longer)).toEqual({ sampleRate: 8000, channels: 1, frames: 2 });
  expect(waveFacts(file.subarray(0, 36))).toBeUndefined();
  expect(waveFacts(Buffer.from("ID3 of an MP3 file"))).toBeUndefined();
});

test("no bytes make it fail", () => {
  const file = waveFile(new Int16Array(4), { sampleRate: 8000, channels: 1 });
  fc.assert(
    fc.property(fc.nat(file.length - 1), fc.nat(255), fc.nat(file.length), (at, byte, length) => {
      const facts = waveFacts(file.with(at, byte).subarray(0, length));
      expect(facts === undefined || facts.frames >= 0).toBe(true);
    }),
    { seed: 7, numRuns: 2000 },
  );
});
