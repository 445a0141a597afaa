import { expect, it } from "vitest";
import { isPathBeforeCode } from "../../../kernel-ext/magics/pathBeforeCode.js";
import { cutWords, type Word } from "../../../kernel-ext/magics/tokens.js";

const isPath = (line: string) => {
  const [first, next] = cutWords(line);
  return isPathBeforeCode(first as Word, next);
};

it.each([
  "logs f(x)",
  "./logs await f(x)",
  "/tmp/tb model.predict(x)",
  '"my logs" f(x)',
  "a-b 1 + 1",
  "~/tb 'text'",
])("begins with a path: %s", (line) => expect(isPath(line)).toBe(true));

it.each([
  "f(x)",
  "x",
  '"text"',
  "x + 1",
  "await f(x)",
  "new Float32Array(3)",
  "const y = f(x)",
  "key in table",
  "x as number",
  "f (x)",
  "tf.tidy(() => 1) ",
  "x -1",
  "x [0]",
  "tag `text`",
])("is code: %s", (line) => expect(isPath(line)).toBe(false));
