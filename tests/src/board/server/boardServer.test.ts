import { mkdtempSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { boardSettings } from "../../../../src/board/options.js";
import { BoardServer } from "../../../../src/board/server/boardServer.js";
import { exampleRun, series } from "../exampleRuns.js";
import { writeRun } from "../writtenRuns.js";

interface Said {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

const patience = { timeout: 60_000, interval: 50 };

describe("BoardServer", () => {
  const folder = mkdtempSync(join(tmpdir(), "board-server-"));
  let server: BoardServer;
  beforeAll(async () => {
    const runs = [writeRun(exampleRun("a", { loss: series([1, 2]) }), folder)];
    server = await BoardServer.start({
      settings: boardSettings(),
      find: () => ({ runs, sweeps: [] }),
      port: 0,
      host: "127.0.0.1",
    });
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  /** The path goes out as it stands, with its dots. */
  function get(path: string, headers: Record<string, string> = {}, method = "GET", body = ""): Promise<Said> {
    return new Promise((resolve, reject) => {
      const asked = request({ host: "127.0.0.1", port: server.port, path, method, headers }, (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part) => {
          text += part;
        });
        response.on("end", () =>
          resolve({ status: response.statusCode, headers: response.headers, body: text }),
        );
      });
      asked.on("error", reject);
      asked.end(body);
    });
  }
  const token = () => new URL(server.url).searchParams.get("token") as string;

  it("listens on loopback, with a token of 192 random bits", async () => {
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{32}$/);
    const other = await BoardServer.start({
      settings: boardSettings(),
      find: () => ({ runs: [], sweeps: [] }),
      port: 0,
      host: "127.0.0.1",
    });
    expect(other.url).not.toContain(token());
    await other.close();
  });

  it("gives nothing without the token, not even whether it is there", async () => {
    for (const path of ["/", "/events", "/vega.js", "/ask/catalogue", "/none", "/?token=wrong"]) {
      const { status, body, headers } = await get(path);
      expect(status).toBe(403);
      expect(body).not.toContain("<");
      expect(headers["set-cookie"]).toBeUndefined();
    }
  });

  it("gives the page with a cookie and a policy that lets in no script of others", async () => {
    const { status, headers, body } = await get(`/?token=${token()}`);
    expect(status).toBe(200);
    const policy = String(headers["content-security-policy"]);
    const nonce = /script-src 'nonce-([\w-]{24})'/.exec(policy)?.[1];
    expect(policy).toContain("default-src 'none'");
    const [others, ancestors] = policy.split("; frame-ancestors ") as [string, string];
    expect(others).not.toMatch(/unsafe-eval|script-src [^;]*unsafe-inline|\*/);
    // Its own address, which behind a proxy is the proxy's, and this machine's other ports.
    expect(ancestors.split(" ")).toEqual([
      "'self'",
      "http://localhost:*",
      "https://localhost:*",
      "http://127.0.0.1:*",
      "https://127.0.0.1:*",
    ]);
    expect(body.match(/<script[^>]*>/g)).toEqual([`<script nonce="${nonce}">`]);
    expect((await get(`/?token=${token()}`)).headers["content-security-policy"]).not.toBe(policy);
    const cookie = String(headers["set-cookie"]);
    expect(cookie).toMatch(/HttpOnly; SameSite=Strict$/);
    const kept = cookie.split(";")[0] as string;
    expect((await get("/", { cookie: kept })).status).toBe(200);
    expect((await get("/", { cookie: kept, host: "evil.example" })).status).toBe(421);
  });

  it("gives no file, whatever path is asked", async () => {
    for (const path of [
      "/../../../../etc/passwd",
      "/%2e%2e/%2e%2e/etc/passwd",
      "/..%2f..%2fetc/passwd",
      `/${folder}`,
      "//etc/passwd",
      "/run.json",
      "/ask/series",
      "/ask/../vega.js/..",
    ]) {
      const { status, body } = await get(path, { "x-tunelab-token": token() });
      expect([404, 200]).toContain(status);
      expect(/root:x:|"schemaVersion"/.test(body)).toBe(false);
    }
  });

  it("answers a question, and says what is wrong with one", async () => {
    const headers = { "x-tunelab-token": token() };
    const { status, body } = await get("/ask/catalogue", headers, "POST", "{}");
    expect([status, JSON.parse(body).title]).toEqual([200, "a"]);
    expect((await get("/ask/series", headers, "POST", "{")).status).toBe(400);
    expect((await get("/ask/panels", headers, "POST", "null")).status).toBe(400);
    expect((await get("/ask/series", headers, "POST", `"${"x".repeat(5e6)}"`)).status).toBe(413);
  });

  it("rejects for a port that is taken", async () => {
    const options = { settings: boardSettings(), find: () => ({ runs: [], sweeps: [] }), host: "127.0.0.1" };
    await expect(BoardServer.start({ ...options, port: server.port })).rejects.toThrow(
      `port ${server.port} is taken by another program; without a number any free one is taken`,
    );
  });

  it("says on the board why it could not be read, and goes on once it can", async () => {
    const dir = writeRun(exampleRun("late", { loss: series([1, 2]) }), folder);
    let isBroken = true;
    const other = await BoardServer.start({
      settings: boardSettings(),
      // An error where none is foreseen: what was found cannot be looked at.
      find: () => ({
        get runs(): string[] {
          if (isBroken) throw new Error("the disk is on fire");
          return [dir];
        },
        sweeps: [],
      }),
      port: 0,
      host: "127.0.0.1",
    });
    const [asked, key] = [new URL(other.url), new URL(other.url).searchParams.get("token") as string];
    const headers = { "x-tunelab-token": key };
    const catalogue = async () => {
      const response = await fetch(new URL("/ask/catalogue", asked), { method: "POST", headers, body: "{}" });
      return (await response.json()) as { runs: { label: string }[]; remarks: string[] };
    };
    // Somebody has to watch: nothing is read for nobody.
    const watching = new AbortController();
    await fetch(new URL(`/events?token=${key}`, asked), { headers, signal: watching.signal });
    try {
      const sentence = "The board could not be read to its end: the disk is on fire";
      await vi.waitFor(async () => expect((await catalogue()).remarks).toContain(sentence), patience);
      isBroken = false;
      await vi.waitFor(
        async () => expect((await catalogue()).runs.map(({ label }) => label)).toEqual(["late"]),
        patience,
      );
      await vi.waitFor(async () => expect((await catalogue()).remarks).not.toContain(sentence), patience);
    } finally {
      watching.abort();
      await other.close();
    }
  });
});
