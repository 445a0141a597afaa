import { expect, it } from "vitest";
import { maskedLines, maskedWords } from "../../../src/cli/maskedSecrets.js";
import { withoutAssignedSecrets, withoutSecrets } from "../../../src/track/withoutSecrets.js";

it("names the words of a command that its record has without their secrets", () => {
  const words = ["6", "--api-key", "sk-1", "--db-password=two", "https://me:three@host/x", "--tokens", "7"];
  expect(maskedWords(withoutSecrets(words))).toEqual([
    "--api-key ***",
    "--db-password=***",
    "https://me:***@host/x",
  ]);
  expect(maskedWords(["***"])).toEqual(["***"]);
});

it("names the lines of code that lost a secret, and no others with stars", () => {
  const text = [
    "/*** of three stars ***/",
    'const password = "one";',
    'console.log("*** done ***");',
    'load("postgres://me:two@host/base");',
  ].join("\n");
  expect(maskedLines(withoutAssignedSecrets(text))).toEqual([2, 4]);
});
