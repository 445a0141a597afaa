import { expect, test } from "vitest";
import { commands } from "../../../src/cli/commands.js";
import { main } from "../../../src/cli/main.js";

async function run(...argv: string[]) {
  let out = "";
  let complaint = "";
  const code = await main(
    argv,
    (text) => {
      out += text;
    },
    (text) => {
      complaint += text;
    },
  );
  return { code, out, complaint };
}

test("every verb of the design is there and has help", async () => {
  const names = commands.map(({ name }) => name);
  expect(names).toEqual(["setup", "lab", "kernel install", "run", "sweep", "board", "runs", "doctor"]);
  for (const name of names) {
    const { code, out } = await run(...name.split(" "), "--help");
    expect(code).toBe(0);
    expect(out).toContain(`tunelab ${name}`);
  }
});

test("the overview lists the verbs", async () => {
  const { code, out } = await run("--help");
  expect(code).toBe(0);
  for (const { name, summary } of commands)
    expect(out).toMatch(new RegExp(`${name}\\s+${summary.slice(0, 20)}`));
});

test("misuse has exit code 2 and one line, failure exit code 1", async () => {
  expect(await run("dance")).toMatchObject({
    code: 2,
    complaint: expect.stringMatching(/^tunelab has no verb "dance".*\n$/),
  });
  expect(await run("board", "--smoothing", "3")).toMatchObject({
    code: 2,
    complaint: expect.stringMatching(/0\.999/),
  });
  expect(await run("doctor", "no-such-run")).toMatchObject({ code: 1 });
});
