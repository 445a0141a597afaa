import { expect, it } from "vitest";
import { commandHint } from "../../../kernel-ext/magics/commandHint.js";
import { withoutLineEnd } from "../../../kernel-ext/magics/lineEnd.js";

it.each([
  ["off // x", "off"],
  ["off;", "off"],
  [";", ""],
  ["// x", ""],
  ["A=1 // x", "A=1"],
  ["A='1 // x'", "A='1 // x'"],
  ["A='1;'", "A='1;'"],
  ["URL=http://host//path", "URL=http://host//path"],
  ['install "a;b" c;', 'install "a;b" c'],
  ["lr=log(1e-4,1e-1); // x", "lr=log(1e-4,1e-1)"],
])("%s is read as %s", (text, kept) => {
  expect(withoutLineEnd(text)).toBe(kept);
});

it.each([
  ["files = !ls", "%%capture files on a cell's first line and !ls below it: files.stdout"],
  ["const out = !ls -l *.ts;", "!ls -l *.ts below it: out.stdout"],
])("%s is answered with how to keep a command's output", (line, hint) => {
  expect(commandHint(line)).toContain(hint);
});

it.each(["const a = b", "a == !b", "!ls", "a.b = !c"])("%s is no command whose output is kept", (line) => {
  expect(commandHint(line)).toBeUndefined();
});
