import { expect, it } from "vitest";
import { installHost } from "../../../../src/base/host.js";
import { terminalHost } from "../../../../src/base/terminalHost.js";
import { personsLine } from "../../../../src/native/capture/personsLine.js";
import { tf } from "../../../../src/native/index.js";

const here = /^tests\/src\/native\/capture\/personsLine\.test\.ts:\d+:\d+$/;

it("is the line that called, from the working folder", () => {
  const [first, second] = [personsLine(), personsLine()];
  expect(first).toMatch(here);
  expect(second?.split(":")[1]).toBe(first?.split(":")[1]);
});

it("is the person's below TensorFlow.js's own frames, however deep", () => {
  let line: string | undefined;
  const nested = (depth: number) => {
    tf.tidy(() => {
      if (depth > 0) nested(depth - 1);
      else line = personsLine();
    });
  };
  nested(8);
  expect(line).toMatch(here);
  expect(Error.stackTraceLimit).toBeLessThan(100);
});

it("is as the host says that the person wrote it", () => {
  const before = installHost({
    ...terminalHost(),
    written: (place) => place.replace(/:\d+:\d+$/, ":written"),
  });
  try {
    expect(personsLine()).toMatch(/personsLine\.test\.ts:written$/);
  } finally {
    if (before) installHost(before);
    else installHost(terminalHost());
  }
});

it("is unknown where stacks are no texts", () => {
  const before = Error.prepareStackTrace;
  Error.prepareStackTrace = (_, frames) => frames;
  const line = personsLine();
  Error.prepareStackTrace = before;
  expect(line).toBeUndefined();
});
