import { expect, it } from "vitest";
import { mainThreadActivity } from "../../../kernel-ext/session/threadActivity.js";

it.skipIf(process.platform !== "linux")("counts what the main thread computes, and sees that it runs", () => {
  const before = mainThreadActivity();
  const end = performance.now() + 300;
  while (performance.now() < end);
  const after = mainThreadActivity();
  expect((after?.cpu ?? 0) - (before?.cpu ?? 0)).toBeGreaterThan(20);
  expect((after?.cpu ?? 0) - (before?.cpu ?? 0)).toBeLessThan(400);
  expect(after?.sleeping).toBe(false);
});
