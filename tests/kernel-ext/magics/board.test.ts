import { describe, expect, it, vi } from "vitest";
import { board } from "../../../kernel-ext/magics/board.js";
import { parseArguments } from "../../../kernel-ext/magics/parseArguments.js";
import { boardKinds } from "../../../src/base/boardKinds.js";

/** How the boards that were served end. */
const ends: ((failure?: Error) => void)[] = [];

async function called(line: string, names: Record<string, unknown> = {}) {
  const calls: unknown[][] = [];
  let printed = "";
  let complained = "";
  const context = {
    names: async () => Object.keys(names),
    value: async (name: string) => names[name],
    library: async () => ({
      board: async (...args: unknown[]) => {
        calls.push(args);
        return "a board";
      },
      serveBoard: async (...args: unknown[]) => {
        calls.push(["served", ...args]);
        const ended = new Promise<Error | undefined>((resolve) => ends.push(resolve));
        const close = async () => {
          closed++;
        };
        return { url: "http://127.0.0.1:6010/?token=t", port: 6010, ended, close };
      },
    }),
    display: (bundle: unknown) => calls.push(["displayed", bundle]),
    show: async (value: unknown) => {
      calls.push(["shown", value]);
    },
    print: (text: string) => {
      printed += text;
    },
    printError: (text: string) => {
      complained += text;
    },
  };
  await board.run(context as never, parseArguments(board, line) as never);
  return { calls, printed, complained: () => complained };
}

let closed = 0;

describe("%board", () => {
  it("gives runs and options to the library and shows what comes back", async () => {
    const { calls } = await called(
      "run 'deep-*' --tags loss --kind scalars,hparams --x wall --smoothing 0.9",
      { run: { dir: "/r/1" } },
    );
    expect(calls).toEqual([
      [
        ["/r/1", "deep-*"],
        { smoothing: 0.9, x: "wall", y: "auto", tags: "loss", kind: ["scalars", "hparams"] },
      ],
      ["shown", "a board"],
    ]);
  });

  it("says where the page is", async () => {
    const { calls, printed } = await called("--html out/board.html");
    expect(calls[0]).toEqual([[], { x: "step", y: "auto", html: "out/board.html" }]);
    expect(printed).toBe("page written to out/board.html\n");
  });

  it("serves a page on the port that is given, or any, and shows it", async () => {
    const { calls } = await called("run --serve 6010 --tags loss", { run: { dir: "/r/1" } });
    expect(calls[0]).toEqual(["served", ["/r/1"], { x: "step", y: "auto", tags: "loss", port: 6010 }]);
    expect(calls[1]).toEqual([
      "displayed",
      {
        "text/html": expect.stringContaining('<iframe src="http://127.0.0.1:6010/?token=t"'),
        "text/plain": expect.stringContaining("/proxy/6010/?token=t"),
      },
    ]);
    expect((await called("--serve")).calls[0]).toEqual(["served", [], { x: "step", y: "auto", port: 0 }]);
    await expect(called("--serve 70000")).rejects.toThrow(/65535/);
  });

  it("shows the page through jupyter-server-proxy on a JupyterHub", async () => {
    vi.stubEnv("JUPYTERHUB_SERVICE_PREFIX", "/user/me/");
    try {
      const { calls } = await called("--serve 6011");
      const shown = '<iframe src="/user/me/proxy/6010/?token=t"';
      expect(calls[1]).toEqual([
        "displayed",
        {
          "text/html": expect.stringContaining(shown),
          "text/plain": expect.stringContaining("/user/me/proxy/6010/?token=t"),
        },
      ]);
    } finally {
      vi.unstubAllEnvs();
    }
  });

  it("serves one board a port: the next closes it first", async () => {
    const kinds = async (line: string) => (await called(line)).calls.map(([what]) => what);
    const before = closed;
    expect(await kinds("first --serve 7001")).toEqual(["served", "displayed"]);
    expect(await kinds("other --serve 7002")).toEqual(["served", "displayed"]);
    expect(closed).toBe(before);
    expect(await kinds("first --serve 7001")).toEqual(["served", "displayed"]);
    expect(closed).toBe(before + 1);
  });

  it("tells that a board has ended by itself, and serves it anew when it is asked for again", async () => {
    const { complained } = await called("--serve 7003");
    ends.at(-1)?.(new Error("serve board: its thread has ended"));
    await expect.poll(complained).toBe("serve board: its thread has ended\n");
    const before = closed;
    expect((await called("--serve 7003")).calls[0]?.[0]).toBe("served");
    expect(closed).toBe(before);
  });

  it("knows the library's kinds and refuses others by name", async () => {
    expect(board.options?.kind).toMatchObject({ choices: boardKinds });
    await expect(called("--kind mesh")).rejects.toThrow(/mesh/);
    await expect(called("--serve --html page.html")).rejects.toThrow(/--serve.*--html.*both/);
    await expect(called("--smoothing 1")).rejects.toThrow(/0\.999/);
  });
});
