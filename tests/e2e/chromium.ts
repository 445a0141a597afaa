/** A real Chromium for the tests, if the machine has one. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, chromium } from "playwright-core";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const places = [
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** The path of a Chromium: TUNELAB_CHROMIUM, else the first on the PATH or in its usual place; undefined if none. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const asked = env.TUNELAB_CHROMIUM;
  if (asked) return asked;
  const onPath = (env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...places].find((path) => existsSync(path));
}

/**
 * True when tests that need Chromium are to be skipped: none is there and this is a person's machine. The reason is
 * printed. With CI set they run, and fail.
 */
export function skipWithoutChromium(): boolean {
  if (findChromium() || process.env.CI) return false;
  console.warn(
    "Skipped: no Chromium was found (TUNELAB_CHROMIUM, chromium, google-chrome); CI would fail here.",
  );
  return true;
}

/** Starts it without a window. Throws when there is none. */
export async function launchChromium(): Promise<Browser> {
  const executablePath = findChromium();
  if (!executablePath) throw new Error("no Chromium was found: install chromium or set TUNELAB_CHROMIUM");
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
