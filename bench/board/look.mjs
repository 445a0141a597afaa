// A page in Chromium, and how long it takes to show something and to answer.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const places = [
  process.env.TUNELAB_CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

const viewport = { width: 1280, height: 900 };

export function launch() {
  const executablePath = places.find((path) => path && existsSync(path));
  if (!executablePath) throw new Error("bench board needs Chromium: install it or set TUNELAB_CHROMIUM");
  return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--no-first-run"] });
}

/**
 * Milliseconds from the navigation until `drawn`, an expression in the page, is true and the frame after it is out; and the
 * page.
 */
export async function open(browser, url, drawn, timeout) {
  const page = await (await browser.newContext({ viewport, bypassCSP: true })).newPage();
  await page.goto(url, { waitUntil: "commit", timeout });
  await page.waitForFunction(drawn, undefined, { polling: "raf", timeout });
  const milliseconds = await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(() => resolve(performance.now())))),
  );
  return { page, milliseconds };
}

/**
 * Milliseconds from an input until the first chart has changed and two frames in a row are no longer held up: until then
 * the page works on it.
 * @param act code that makes the input, in the page
 * @param picture an expression in the page that changes with the first chart
 */
export function answerTime(page, act, picture) {
  return page.evaluate(
    ([input, look]) =>
      new Promise((resolve, reject) => {
        const pictureNow = new Function(`return ${look}`);
        const before = pictureNow();
        const start = performance.now();
        new Function(input)();
        let calm = 0;
        let changed = false;
        let last = performance.now();
        const frame = () => {
          const now = performance.now();
          changed ||= pictureNow() !== before;
          calm = changed && now - last < 34 ? calm + 1 : 0;
          last = now;
          if (calm >= 2) resolve(now - start);
          else if (now - start > 120_000) reject(new Error("the chart did not change within 120 s"));
          else requestAnimationFrame(frame);
        };
        requestAnimationFrame(frame);
      }),
    [act, picture],
  );
}
