/** What compiled cells call: of the globals each stands for a part of the session. */
import type { CellEvaluation } from "./cellEvaluation.js";
import { defineGlobal, installCellGlobals } from "./cellGlobals.js";
import type { CellImporter } from "./cellImporter.js";
import type { CellRunner } from "./cellRunner.js";
import type { MagicRequest } from "./magicRequest.js";

export interface SessionParts {
  readonly runner: CellRunner;
  readonly evaluation: CellEvaluation;
  readonly importer: CellImporter;
  /** The working directory. */
  readonly folder: () => string;
  readonly magic: (request: MagicRequest) => Promise<unknown>;
  readonly display: (values: readonly unknown[]) => void;
  readonly input: (prompt: string, password: boolean) => Promise<string>;
}

/** Once a process: they stand on the global object. */
export function installSessionGlobals(parts: SessionParts): void {
  const { runner, evaluation, importer, folder, magic, display, input } = parts;
  const { awaits } = runner;
  const { bodies } = evaluation;
  const none = () => Promise.reject(new TypeError("this magic has no body to run"));
  installCellGlobals(
    {
      aw: awaits.aw,
      ait: awaits.ait,
      noteStack: runner.place.noteStack,
      imp: importer.imp,
      resolve: importer.resolve,
      res: (_cell, value) => evaluation.setResult(value),
    },
    {
      magic: (name, text, body) =>
        magic({ name, kind: "line", text, runBody: body ? async () => body() : none }),
      begin: (name, text) => bodies.begin((runBody) => magic({ name, kind: "line", text, runBody })),
      end: (value) => bodies.end(value),
      display,
      input,
      shell: (text) => magic({ name: "shell", kind: "shell", text, runBody: none }),
    },
    folder,
  );
  defineGlobal("require", () => importer.require());
}
