import { expect, test } from "vitest";
import { filterWords } from "../../../kernel-ext/magics/filterWords.js";
import { magics } from "../../../kernel-ext/magics/magics.js";

const parted = (text: string) => {
  const { args } = magics.parse({ name: "runs", kind: "line", text });
  return filterWords(args.positionals, args.text);
};

test.each<[string, string[], string | undefined]>([
  ["", [], undefined],
  ["a 'b-*' --all", ["a", "b-*"], undefined],
  ["a valAccuracy>0.97 and config.lr<0.01 --sort=-x", ["a"], "valAccuracy>0.97 and config.lr<0.01"],
  ["a --sort -x x>1", ["a"], "x>1"],
  ['--limit 3 name="my run" --trials and x>1', [], 'name="my run" and x>1'],
  ["'valAccuracy>0.97 and x<-inf'", [], "valAccuracy>0.97 and x<-inf"],
  ["'name=\"my run\"'", [], 'name="my run"'],
  ["b name = 'my run'", ["b"], "name = 'my run'"],
  ["not (a=1 or b='x y')", [], "not (a=1 or b='x y')"],
  ["x > -1", [], "x > -1"],
])("parts %s", (text, runs, filter) => {
  expect(parted(text)).toEqual({ runs, filter });
});
