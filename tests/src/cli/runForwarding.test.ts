import { expect, it } from "vitest";
import { runForwarding } from "../../../src/cli/runForwarding.js";

const script = (body: string) => [
  "-e",
  `${body}; setInterval(() => {}, 1000); process.kill(process.ppid, "SIGHUP");`,
];

it("passes a signal on and waits for the program's own end", async () => {
  const code = await runForwarding(
    process.execPath,
    script(`process.on("SIGHUP", () => setTimeout(() => process.exit(7), 50))`),
  );
  expect(code).toBe(7);
  expect(process.listenerCount("SIGHUP")).toBe(0);
});

it("tells the signal that ended the program, and its code else", async () => {
  expect(await runForwarding(process.execPath, script(""))).toBe(129);
  expect(await runForwarding(process.execPath, ["-e", "process.exit(3)"])).toBe(3);
});
