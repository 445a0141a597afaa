import { expect, it } from "vitest";
import { didYouMean, editDistance, nearest } from "../../../kernel-ext/magics/nearest.js";

it("counts edits as the optimal string alignment distance does", () => {
  // Values by hand: kitten → sitten → sittin → sitting; ca → ac is one transposition; CA → ABC is 3 under alignment.
  expect(editDistance("kitten", "sitting")).toBe(3);
  expect(editDistance("ca", "ac")).toBe(1);
  expect(editDistance("CA", "ABC")).toBe(3);
  expect(editDistance("", "abc")).toBe(3);
  expect(editDistance("same", "same")).toBe(0);
});

it("finds the near name, the beginning of a name, or nothing", () => {
  const names = ["board", "doctor", "typecheck"];
  expect(nearest("baord", names)).toBe("board");
  expect(nearest("BOARD", names)).toBe("board");
  expect(nearest("type", names)).toBe("typecheck");
  expect(nearest("zzzz", names)).toBeUndefined();
  expect(didYouMean("docter", names, "%")).toBe(" Did you mean %doctor?");
  expect(didYouMean("zzzz", names)).toBe("");
});
