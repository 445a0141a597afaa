import { describe, expect, it } from "vitest";
import { board } from "../../../kernel-ext/magics/board.js";
import { parseArguments } from "../../../kernel-ext/magics/parseArguments.js";
import { boardKinds } from "../../../src/board/options.js";

async function called(line: string, names: Record<string, unknown> = {}) {
  const calls: unknown[][] = [];
  let printed = "";
  const context = {
    names: async () => Object.keys(names),
    value: async (name: string) => names[name],
    library: async () => ({
      board: async (...args: unknown[]) => {
        calls.push(args);
        return "a board";
      },
    }),
    show: async (value: unknown) => {
      calls.push(["shown", value]);
    },
    print: (text: string) => {
      printed += text;
    },
  };
  await board.run(context as never, parseArguments(board, line) as never);
  return { calls, printed };
}

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

  it("knows the library's kinds and refuses others by name", async () => {
    expect(board.options?.kind).toMatchObject({ choices: boardKinds });
    await expect(called("--kind mesh")).rejects.toThrow(/mesh/);
    await expect(called("--smoothing 1")).rejects.toThrow(/0\.999/);
  });
});
