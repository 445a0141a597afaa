/** What every source of a page's data keeps to: the data in the page itself, and a server's. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { boardSettings } from "../../../src/board/options.js";
import { readBoard } from "../../../src/board/read.js";
import { BoardServer } from "../../../src/board/server/boardServer.js";
import type { PageSource, SourceState } from "../../../src/board/source/pageSource.js";
import { embeddedSource } from "../../../src/board/web/embeddedSource.js";
import { servedSource } from "../../../src/board/web/servedSource.js";
import { carriedPage } from "../../src/board/carriedPage.js";
import { exampleRun, exampleSweep, series, trainingRun } from "../../src/board/exampleRuns.js";
import { writeRun } from "../../src/board/writtenRuns.js";
import { writeSweep } from "../../src/board/writtenSweep.js";

const folder = mkdtempSync(join(tmpdir(), "page-source-"));
const values = [0.1, Number.NaN, 1e300, -2.5, Number.POSITIVE_INFINITY];
const settings = boardSettings();
let server: BoardServer;
const sources = new Map<string, PageSource>();

beforeAll(async () => {
  const runs = [
    writeRun(exampleRun("odd", { "a/<b>": series(values), "train/loss": series([3, 2, 1]) }), folder),
    writeRun(trainingRun("deep", { decay: 0.5, layers: 2, epochs: 1 }), folder),
  ];
  const read = { runs, sweeps: [writeSweep(exampleSweep(6), folder)] };
  server = await BoardServer.start({ settings, find: () => read, port: 0, host: "127.0.0.1" });
  const { origin, searchParams } = new URL(server.url);
  const token = searchParams.get("token") as string;
  sources.set(
    "embedded",
    embeddedSource(JSON.parse(JSON.stringify(carriedPage(readBoard(read, settings), settings)))),
  );
  const served = servedSource({ base: `${origin}/`, token });
  sources.set("served", served);
  await vi.waitFor(async () => expect((await served.ask("catalogue", {})).runs).toHaveLength(2), 60_000);
});
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

describe.each(["embedded", "served"])("the %s source", (name) => {
  const source = () => sources.get(name) as PageSource;
  const whole = { runs: ["odd", "deep"], x: "step", points: 1e9 } as const;

  it("lists runs, tags and remarks", async () => {
    const catalogue = await source().ask("catalogue", {});
    expect(catalogue.runs.map(({ label, status, points }) => [label, status, points > 0])).toEqual([
      ["odd", "finished", true],
      ["deep", "finished", true],
    ]);
    const odd = catalogue.runs[0]?.tags.map((place) => catalogue.tags[place]);
    expect(odd).toEqual(["a/<b>", "train/loss"]);
    expect(catalogue.live).toBe(name === "served");
  });

  it("gives every point, to the last bit", async () => {
    const [answer, ...others] = await source().ask("series", { ...whole, tags: ["a/<b>"] });
    expect(others).toEqual([]);
    expect(answer?.run).toBe("odd");
    expect([...(answer?.series.values ?? [])]).toEqual(values);
    expect([...(answer?.series.steps ?? [])]).toEqual([0, 1, 2, 3, 4]);
    expect(answer?.series.counts).toBeUndefined();
  });

  it("leaves out runs and tags that are not there", async () => {
    expect(await source().ask("series", { ...whole, runs: ["none"], tags: ["a/<b>"] })).toEqual([]);
    expect(await source().ask("series", { ...whole, tags: ["none"] })).toEqual([]);
  });

  it("draws what is no scalar, of the runs that are asked for", async () => {
    const question = { settings, width: 1000 };
    const titles = async (runs: string[]) =>
      (await source().ask("panels", { ...question, runs })).map(({ title }) => title).join("; ");
    expect(await titles(["odd"])).not.toContain("gradient");
    expect(await titles(["deep"])).toContain("gradient");
    const [first] = await source().ask("panels", { ...question, runs: [] });
    expect(first?.title).toContain("mnist-mlp");
  });

  it("answers the same anew", async () => {
    const ask = () => source().ask("series", { ...whole, tags: ["train/loss"], points: 8 });
    expect(await ask()).toEqual(await ask());
  });

  it("can be watched, and left", async () => {
    const told: SourceState[] = [];
    const leave = source().watch((state) => told.push(state));
    if (name === "served") await expect.poll(() => told.length).toBe(1);
    leave();
    expect(told.every(({ connected, version }) => connected && version > 0)).toBe(true);
  });
});

it("both say the same of the same runs", async () => {
  const [embedded, served] = [sources.get("embedded"), sources.get("served")] as [PageSource, PageSource];
  const question = { settings, width: 1000, runs: ["odd", "deep"] };
  const panels = await embedded.ask("panels", question);
  expect(panels.map(({ title, cards }) => [title, cards.length])).toEqual(
    (await served.ask("panels", question)).map(({ title, cards }) => [title, cards.length]),
  );
  const tags = ["train/loss", "train/accuracy"];
  const asked = { tags, runs: ["odd", "deep"], x: "step", points: 1e9 } as const;
  expect(await embedded.ask("series", asked)).toEqual(await served.ask("series", asked));
});
