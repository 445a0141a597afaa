import { expect, test } from "vitest";
import {
  withoutAssignedSecrets,
  withoutSecrets,
  withoutSecretValues,
} from "../../../src/track/withoutSecrets.js";

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
    "--dbPassword",
    "pw",
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
    "--dbPassword",
    "***",
  ]);
});

test("does not take a path or a tokenizer's file for a secret's name", () => {
  const options = ["--max-tokens", "100", "--tokenizer=bpe"];
  expect(withoutSecrets(options)).toEqual(options);
  const command = ["/home/me/tokens/train.mjs", "data/tokenizer.json", "https://example.org:8080/a@b"];
  expect(withoutSecrets(command)).toEqual(command);
});

test("leaves the values of secret variables, passwords and keys of known forms out of a text", () => {
  const variables = { WANDB_API_KEY: "0123456789abcdef", SHORT_TOKEN: "abc", MAX_TOKENS: "100000000" };
  const text = [
    'login("0123456789abcdef"); abc 100000000',
    "postgres://me:pw@host/db",
    `const key = "ghp_${"a1".repeat(18)}"; AKIA${"B2".repeat(8)}`,
    "-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----",
    "sk-learn, hf_hub, tokens: 3",
  ].join("\n");
  expect(withoutSecretValues(text, variables)).toBe(
    [
      'login("***"); abc 100000000',
      "postgres://me:***@host/db",
      'const key = "***"; ***',
      "***",
      "sk-learn, hf_hub, tokens: 3",
    ].join("\n"),
  );
});

test("leaves what is assigned to a secret's name out of a difference, not a model's tokens", () => {
  const lines: [string, string][] = [
    ['+const apiKey = "abcdefgh1234";', '+const apiKey = "***";'],
    ['-  "password": "x",', '-  "password": "***",'],
    ["+const apiKey: string = `abcdefgh1234`;", "+const apiKey: string = `***`;"],
    ['+config["dbPassword"] = "x"', '+config["dbPassword"] = "***"'],
    ["+export HF_TOKEN=abc", "+export HF_TOKEN=***"],
    [" secret: 'abcdefgh', more", " secret: '***', more"],
    ['+padToken = "<pad>"; maxTokens: "100000000"', '+padToken = "<pad>"; maxTokens: "100000000"'],
    ["+const KEY = 3; tokenizer = `bpe-large-50k`", "+const KEY = 3; tokenizer = `bpe-large-50k`"],
  ];
  const text = lines.map(([before]) => before).join("\n");
  expect(withoutAssignedSecrets(text)).toBe(lines.map(([, after]) => after).join("\n"));
  // Nothing that takes the square of a text's length: such as weights in a file of code.
  const long = `${"a".repeat(1e6)}${"\n".repeat(1e6)}`;
  expect(withoutAssignedSecrets(long) === long).toBe(true);
});
