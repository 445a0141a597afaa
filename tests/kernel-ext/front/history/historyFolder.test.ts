import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { historyFolder } from "../../../../kernel-ext/front/history/historyFolder.js";

it.each<[NodeJS.ProcessEnv, string | undefined]>([
  [{ TUNELAB_HISTORY: "off" }, undefined],
  [{ TUNELAB_HISTORY: "here", XDG_DATA_HOME: "/data" }, resolve("here")],
  [{ XDG_DATA_HOME: "/data" }, join("/data", "tunelab", "history")],
])("with %j is %s", (env, folder) => {
  expect(historyFolder(env)).toBe(folder);
});

it.runIf(process.platform === "linux")("ignores a relative data folder, as the specification wants", () => {
  expect(historyFolder({ XDG_DATA_HOME: "data" })).toBe(join(homedir(), ".local/share/tunelab/history"));
});
