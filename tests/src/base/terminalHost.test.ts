import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { terminalHost } from "../../../src/base/terminalHost.js";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function fakeStream(isTTY: boolean, columns = 80) {
  const stream = {
    text: "",
    isTTY,
    columns,
    bytesWritten: 0,
    write(text: string) {
      stream.text += text;
      stream.bytesWritten += text.length;
    },
  };
  return stream;
}
const text = (plain: string) => ({ "text/plain": plain });

it("writes an update over the text before it, on a terminal", () => {
  const stream = fakeStream(true);
  const shown = terminalHost(stream).display(text("one\ntwo"));
  vi.advanceTimersByTime(200);
  shown.update(text("three"));
  expect(stream.text).toBe("one\ntwo\n\u001b[2A\u001b[0Jthree\n");
});

it("never erases what others wrote", () => {
  const stream = fakeStream(true);
  const shown = terminalHost(stream).display(text("one"));
  stream.write("somebody else\n");
  vi.advanceTimersByTime(200);
  shown.update(text("two"));
  expect(stream.text).toBe("one\nsomebody else\ntwo\n");
});

it("limits the rate and delivers the last update", () => {
  const stream = fakeStream(true);
  const shown = terminalHost(stream).display(text("0"));
  for (let i = 1; i <= 50; i++) shown.update(text(String(i)));
  expect(stream.text).toBe("0\n");
  vi.advanceTimersByTime(200);
  expect(stream.text).toBe("0\n\u001b[1A\u001b[0J50\n");
});

it("cuts lines at the terminal's width, so that it knows how many it wrote", () => {
  const stream = fakeStream(true, 6);
  terminalHost(stream).display(text("123456789"));
  expect(stream.text).toBe("1234…\n");
});

it("writes below, seldom, where the output is a file", () => {
  const stream = fakeStream(false);
  const shown = terminalHost(stream).display(text("0"));
  for (let second = 1; second <= 12; second++) {
    vi.advanceTimersByTime(1000);
    shown.update(text(String(second)));
  }
  expect(stream.text).toBe("0\n4\n9\n");
  vi.advanceTimersByTime(5000);
  expect(stream.text).toBe("0\n4\n9\n12\n");
});

it("does not wait with what is final", () => {
  const stream = fakeStream(false);
  terminalHost(stream).display(text("0")).update(text("end"), { final: true });
  expect(stream.text).toBe("0\nend\n");
});

it("delivers the last update when the process ends, without holding it up", () => {
  const host = fileURLToPath(new URL("../../../dist/src/base/terminalHost.js", import.meta.url));
  const script = `import { terminalHost } from ${JSON.stringify(host)};
    const shown = terminalHost().display({ "text/plain": "first" });
    shown.update({ "text/plain": "last" });
    console.error(process.getActiveResourcesInfo().filter((kind) => kind === "Timeout"));`;
  const run = spawnSync(process.execPath, ["--input-type=module", "-e", script], { encoding: "utf8" });
  expect(run.stdout).toBe("first\nlast\n");
  // What would keep the process alive: its timer does not.
  expect(run.stderr).toBe("[]\n");
});
