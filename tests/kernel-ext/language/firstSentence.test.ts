import { expect, it } from "vitest";
import { firstSentence } from "../../../kernel-ext/language/firstSentence.js";

it.each([
  ["Passes over it, ≥ 1. Default 1.", "Passes over it, ≥ 1."],
  ["A share, e.g. 0.5, or i.e. `a.b`. `Default` 1.", "A share, e.g. 0.5, or i.e. `a.b`."],
  ["Cuts them (Brock et al. 2021, e.g. Adam).\nMore.", "Cuts them (Brock et al. 2021, e.g. Adam)."],
  ["One that goes\n  on over lines", "One that goes on over lines"],
  ["No full stop\n\nAnother paragraph.", "No full stop"],
  ["", ""],
])("of %j is %j", (documentation, first) => {
  expect(firstSentence(documentation)).toBe(first);
});
