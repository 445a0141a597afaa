import { expect, test } from "vitest";
import { withoutSecrets } from "../../../src/track/withoutSecrets.js";

test("keeps a command, and leaves out what only its owner may know", () => {
  const command = [
    "/usr/bin/node",
    "train.mjs",
    "--api-key",
    "k-123",
    "--epochs=5",
    "HF_TOKEN=hf_abc",
    "--password=p=q",
    "--verbose",
    "https://me:pw@example.org/data?x=1",
    "--token",
    "--lr",
    "0.1",
  ];
  expect(withoutSecrets(command)).toEqual([
    "/usr/bin/node",
    "train.mjs",
    "--api-key",
    "***",
    "--epochs=5",
    "HF_TOKEN=***",
    "--password=***",
    "--verbose",
    "https://me:***@example.org/data?x=1",
    "--token",
    "--lr",
    "0.1",
  ]);
});

test("does not take a path or a tokenizer's file for a secret's name", () => {
  const options = ["--max-tokens", "100", "--tokenizer=bpe"];
  expect(withoutSecrets(options)).toEqual(options);
  const command = ["/home/me/tokens/train.mjs", "data/tokenizer.json", "https://example.org:8080/a@b"];
  expect(withoutSecrets(command)).toEqual(command);
});
