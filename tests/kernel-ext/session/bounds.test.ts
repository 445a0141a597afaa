import { expect, it } from "vitest";
import { mostText, TextAllowance } from "../../../kernel-ext/session/bounds.js";

it("lets each cell write a little more than may be shown, and as much anew when its output is cleared", () => {
  const allowance = new TextAllowance();
  const flood = "x".repeat(mostText + 100);
  expect(allowance.admit(1, "four")).toBe("four");
  expect(allowance.admit(1, flood).length).toBe(mostText + 1 - 4);
  expect(allowance.admit(1, "more")).toBe("");
  expect(allowance.admit(2, flood).length).toBe(mostText + 1);
  allowance.renew(1);
  expect(allowance.admit(1, "anew")).toBe("anew");
  expect(allowance.admit(2, "more")).toBe("");
  expect(allowance.admit(1, flood).length).toBe(mostText + 1 - 4);
  expect(allowance.admit(1, "more")).toBe("");
});
