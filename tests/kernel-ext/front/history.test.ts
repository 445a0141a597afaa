import { expect, it } from "vitest";
import { History } from "../../../kernel-ext/front/history.js";

const history = new History();
for (const [number, source] of [
  [1, "a"],
  [2, "a = 1\n+ 2"],
  [3, "b.c"],
  [4, "a"],
] as const)
  history.add(number, source);
history.setOutput(3, "three");

const lines = (content: Record<string, unknown>) => history.answer(content).map(([, line]) => line);

it.each([
  [{ hist_access_type: "tail", n: 2 }, [3, 4]],
  [{ hist_access_type: "tail", n: 0 }, []],
  [{ hist_access_type: "range", start: 2, stop: 4 }, [2, 3]],
  [{ hist_access_type: "range", start: 3 }, [3, 4]],
  [{ hist_access_type: "search", pattern: "a*" }, [1, 2, 4]],
  [{ hist_access_type: "search", pattern: "a" }, [1, 4]],
  [{ hist_access_type: "search", pattern: "a", unique: true }, [4]],
  [{ hist_access_type: "search", pattern: "b.?" }, [3]],
  [{ hist_access_type: "search", pattern: "*", n: 1 }, [4]],
  [{ hist_access_type: "else" }, []],
])("answers %j", (content, numbers) => {
  expect(lines(content)).toEqual(numbers);
});

it("adds outputs when asked", () => {
  expect(history.answer({ hist_access_type: "tail", n: 2, output: true })).toEqual([
    [0, 3, ["b.c", "three"]],
    [0, 4, ["a", null]],
  ]);
});
