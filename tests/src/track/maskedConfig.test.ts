import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { maskedConfig } from "../../../src/track/maskedConfig.js";
import { openRun } from "../../../src/track/openRun.js";
import { resumeRun } from "../../../src/track/resumeRun.js";
import { temporaryFolder } from "./temporaryFolder.js";

test("masks texts by their names and by what they hold, and leaves hyper-parameters", () => {
  const config = {
    apiKey: "short",
    wandb_api_key: "k-1234567890",
    dbPassword: "pw",
    hfToken: "hf_abc",
    credentials: { user: "me", pins: ["12", 34] },
    url: "https://me:pw@host/data",
    list: [`ghp_${"a1".repeat(18)}`, 3],
    secret: "",
    maxTokens: 5,
    tokens: "many",
    tokenizer: "bpe",
    padToken: "<pad>",
    eos_token: "endoftext",
    token: 7,
    isPrivateKey: true,
    lr: 1e-3,
  };
  expect(maskedConfig(config)).toEqual({
    ...config,
    apiKey: "***",
    wandb_api_key: "***",
    dbPassword: "***",
    hfToken: "***",
    credentials: { user: "***", pins: ["***", 34] },
    url: "https://me:***@host/data",
    list: ["***", 3],
  });
});

test("nothing in a run's folder holds what its configuration, error or code keep secret", () => {
  const dir = temporaryFolder();
  const sources = [
    {
      name: "main.ts",
      text: 'const apiKey: string = "leaked-key-1"; const dbPassword = "leaked-2"; settings["apiKey"] = "leaked-key-3";',
    },
  ];
  const run = openRun({
    dir,
    sources,
    config: { apiKey: "leaked-4", nested: { url: "https://u:leaked-5@h" } },
  });
  run.describe({ config: { password: "leaked-6", layers: 3 } });
  run.finish("failed", new Error('login with password="leaked-7" at https://u:leaked-8@h'));
  expect(run.record.error?.message).toBe('login with password="***" at https://u:***@h');
  expect(JSON.stringify(run.record)).not.toContain("leaked-");
  const again = resumeRun(run.id, { dir, config: { accessKey: "leaked-9" } });
  again.finish("interrupted", "https://u:leaked-10@h went away");
  const files = readdirSync(run.dir, { recursive: true, withFileTypes: true }).filter(
    // That of the checkout in which the test runs may hold these lines.
    (entry) => entry.isFile() && entry.name !== "changes.diff",
  );
  expect(files.length).toBeGreaterThan(3);
  for (const { parentPath, name } of files)
    expect(readFileSync(join(parentPath, name), "latin1"), name).not.toContain("leaked-");
  expect(readFileSync(join(run.dir, "code/main.ts"), "utf8")).toBe(
    'const apiKey: string = "***"; const dbPassword = "***"; settings["apiKey"] = "***";',
  );
  expect(again.record).toMatchObject({ config: { layers: 3 }, reason: "https://u:***@h went away" });
});
