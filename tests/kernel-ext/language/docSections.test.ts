import { expect, it } from "vitest";
import { docSections } from "../../../kernel-ext/language/docSections.js";

it("lists parameters, errors and the like below a title, and names other tags", () => {
  const markdown = [
    "Adds.",
    "",
    "*@param* `a` — first",
    "of two",
    "",
    "*@param* `b`",
    "",
    "*@returns* — the sum",
    "",
    "*@throws* — RangeError if so",
    "",
    "*@throws* — TypeError if not",
    "",
    "*@see* — foo",
    "",
    "*@deprecated* — use plus",
    "",
    "*@template* `T` — the kind",
    "",
    "*@example*",
    "```tsx",
    "add(1, 2);",
    "```",
    "",
    "More.",
  ];
  expect(docSections(markdown.join("\n"))).toBe(
    [
      "Adds.",
      "",
      "**Parameters**",
      "",
      "- `a`: first",
      "  of two",
      "- `b`",
      "",
      "**Returns**: the sum",
      "",
      "**Throws**",
      "",
      "- RangeError if so",
      "- TypeError if not",
      "",
      "**See also**",
      "",
      "- foo",
      "",
      "**Deprecated**: use plus",
      "",
      "**Type parameters**",
      "",
      "- `T`: the kind",
      "",
      "**Example**",
      "```tsx",
      "add(1, 2);",
      "```",
      "",
      "More.",
    ].join("\n"),
  );
});

it("leaves code as it is, and what is no tag", () => {
  const code = "```ts\n*@param* `a` — first\n```\nSome *@mention* here.";
  expect(docSections(code)).toBe(code);
});
