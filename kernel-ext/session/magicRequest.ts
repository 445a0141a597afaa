/** A cell's call of a magic or of a command, as the session hands it on. */
import type { CellMagicCall } from "./compiledCell.js";

export interface MagicRequest {
  readonly name: string;
  readonly kind: "line" | "cell" | "shell";
  /** Everything after the name; the command for `shell`. */
  readonly text: string;
  readonly call?: CellMagicCall;
  /** Runs the compiled body, if there is one. */
  runBody(): Promise<unknown>;
}
