// The two servers, each in a process of its own, and what is asked of their pages.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";

const file = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
export const tensorboard = file(".venv-bench/bin/tensorboard");

/** Starts it and resolves when it answers: its address, and when all runs were read. */
export const servers = {
  async ours({ folder, runs }) {
    const args = [file("bin/tunelab.mjs"), "board", "--port", "0", "--no-open", "--dir", folder];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    const url = await new Promise((resolve, reject) => {
      child.stdout.on("data", (text) => resolve(String(text).trim()));
      child.on("exit", (code) => reject(new Error(`tunelab board ended with code ${code}`)));
    });
    const { origin, searchParams } = new URL(url);
    const headers = { "x-tunelab-token": searchParams.get("token") };
    const read = async () => {
      const response = await fetch(`${origin}/ask/catalogue`, { method: "POST", headers, body: "{}" });
      const { runs: known, unread } = await response.json();
      return known.length === runs && unread === 0;
    };
    return { child, url, read };
  },
  async tensorboard({ folder, runs, steps }) {
    const port = await freePort();
    const args = [
      "--logdir",
      folder,
      "--port",
      String(port),
      "--load_fast",
      "true",
      "--reload_interval",
      "5",
    ];
    const child = spawn(tensorboard, args, { stdio: "ignore" });
    const url = `http://127.0.0.1:${port}/`;
    await until(async () => (await fetch(url)).ok);
    /** Every run has the last point of its last tag. */
    const read = async () => {
      const names = await (await fetch(`${url}data/runs`)).json();
      if (names.length < runs) return false;
      const body = new URLSearchParams([["tag", "group0/metric0"], ...names.map((name) => ["runs", name])]);
      const given = await (
        await fetch(`${url}data/plugin/scalars/scalars_multirun`, { method: "POST", body })
      ).json();
      const ends = Object.values(given).map((points) => points.at(-1)?.[1]);
      return ends.length >= runs && ends.every((step) => step === steps - 1);
    };
    return { child, url: `${url}#timeseries`, read };
  },
};

/** A sum over the pixels of the first canvas, wherever it is drawn: TensorBoard draws its own in a worker. */
const digest = (selector) => `(() => { const canvas = document.querySelector('${selector}');
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext('2d', { willReadFrequently: true });
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) sum = (sum * 31 + data[i] + data[i + 3]) % 2147483647;
  return sum; })()`;

/** What is true in the page when its first chart is drawn, and when all in sight are; an input that redraws all charts. */
export const pages = {
  ours: {
    shell: "document.querySelector('h1') !== null || document.querySelector('.waiting') !== null",
    first:
      "[...document.querySelectorAll('.scalar .plot')].some((plot) => /from/.test(plot.ariaLabel) && plot.querySelector('canvas'))",
    all: `(() => { const seen = [...document.querySelectorAll('.scalar')].filter((card) => card.getBoundingClientRect().top < innerHeight);
      return seen.length > 0 && seen.every((card) => card.querySelector('canvas')); })()`,
    picture: digest(".scalar canvas"),
    act: (turn) => `(() => { const input = document.querySelector('#smoothing');
      input.value = '${0.5 + (turn % 5) / 10}'; input.dispatchEvent(new Event('input', { bubbles: true })); })()`,
  },
  tensorboard: {
    shell: "document.querySelector('tb-webapp, app-header, .plugins') !== null",
    first:
      "[...document.querySelectorAll('scalar-card')].some((card) => card.querySelector('line-chart') && !card.querySelector('mat-spinner'))",
    all: `(() => { const seen = [...document.querySelectorAll('scalar-card')].filter((card) => card.getBoundingClientRect().top < innerHeight);
      return seen.length > 0 && seen.every((card) => card.querySelector('line-chart') && !card.querySelector('mat-spinner')); })()`,
    picture: digest("scalar-card line-chart canvas"),
    act: (
      turn,
    ) => `(() => { const input = document.querySelector('.scalars-smoothing input[type=number], .slider-input, input.slider-input');
      if (!input) throw new Error('TensorBoard shows no field for smoothing');
      input.value = '${0.5 + (turn % 5) / 10}'; input.dispatchEvent(new Event('input', { bubbles: true })); })()`,
  },
};

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Asks four times a second; what fails counts as not yet. Resolves to the seconds it took. */
export async function until(asked, limit = 600) {
  const start = performance.now();
  for (;;) {
    if (await asked().catch(() => false)) return (performance.now() - start) / 1000;
    if (performance.now() - start > limit * 1000) throw new Error(`bench board: nothing after ${limit} s`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
