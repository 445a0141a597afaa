/** Runs magics in the session, with the notebook as their context. */
import type { CellSession } from "./cellSession.js";
import type { FrontLink } from "./frontLink.js";
import type { MagicContext } from "./magicContext.js";
import type { MagicRequest } from "./magicRequest.js";
import { runShell } from "./runShell.js";
import { folderToWorkIn } from "./workingFolder.js";

/** The registry is loaded by the first magic: a notebook without any pays nothing. */
export async function runMagic(
  request: MagicRequest,
  session: CellSession,
  front: FrontLink,
): Promise<unknown> {
  const context = magicContext(request, session, front);
  if (request.kind === "shell") return runShell(request.text, context);
  const { magics } = await import("../magics/magics.js");
  return magics.run(context, { name: request.name, kind: request.kind, text: request.text });
}

function magicContext(request: MagicRequest, session: CellSession, front: FrontLink): MagicContext {
  const { output, displays, runner } = session;
  const cell = session.running?.number ?? output.cell;
  // What a magic awaits may be answered by a listener of an earlier cell, such as the drawing thread's.
  const mine = <T>(work: () => T): T => output.attribution.within(cell, work);
  return {
    cell,
    display: (data, metadata) => mine(() => displays.show(data, metadata)),
    print: (text) => mine(() => output.write("stdout", text)),
    printError: (text) => mine(() => output.write("stderr", text)),
    clearOutput: (wait = false) => mine(() => output.clear(wait)),
    page: (data) => {
      session.page = data;
    },
    // Of this cell, also where the magic outlives it.
    signal: runner.signal(),
    get running() {
      return session.running;
    },
    get cells() {
      return session.records;
    },
    ...(request.call && { call: request.call }),
    runBody: request.runBody,
    capture: (work) => output.capture(work),
    value: async (name) => runner.evaluator.value(name),
    assign: (name, value) =>
      new Promise((resolve, reject) => {
        runner.evaluator.assign(name, value, (end) =>
          end.status === "threw" ? reject(end.error as Error) : resolve(),
        );
      }),
    names: async () => runner.evaluator.names(),
    show: (value) => session.show(value, cell),
    library: () => session.importer.library(),
    request: (method, params) => front.ask(method, params),
    input: (prompt, options = {}) => front.input(cell, prompt, options.password ?? false),
    get folder() {
      return folderToWorkIn(session.folder);
    },
    get lastFolder() {
      return session.folder;
    },
  };
}
