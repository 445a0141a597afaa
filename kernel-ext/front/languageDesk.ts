/** The front's questions about code: may it run, what completes it, what is it. Answers come from kernel-ext/language. */
import type { MimeData } from "../session/protocol.js";
import type { Content } from "../wire/message.js";
import { type PreparedCell, prepareCell } from "./prepareCell.js";

export type CheckMode = "strict" | "warn" | "off";

export class LanguageDesk {
  private mode: CheckMode = "strict";

  constructor(
    private folder: string,
    private readonly log: (text: string) => void,
  ) {}

  async prepare(source: string, cell: number): Promise<PreparedCell> {
    return prepareCell(source, cell);
  }

  running(_prepared: PreparedCell, _warn: (cell: number, text: string) => void): void {}

  async pages(_prepared: PreparedCell): Promise<MimeData[]> {
    return [];
  }

  async isComplete(_code: string): Promise<Content> {
    return { status: "complete" };
  }

  async complete(_code: string, cursor: number): Promise<Content> {
    return { status: "ok", matches: [], cursor_start: cursor, cursor_end: cursor, metadata: {} };
  }

  async inspect(_code: string, _cursor: number, _detail: number): Promise<Content> {
    return { status: "ok", found: false, data: {}, metadata: {} };
  }

  async ask(method: string, params: Record<string, unknown>): Promise<unknown> {
    if (method === "typecheck") {
      if (params.mode === "strict" || params.mode === "warn" || params.mode === "off")
        this.mode = params.mode;
      return this.mode;
    }
    if (method === "folder") {
      this.folder = String(params.folder);
      return null;
    }
    this.log(`the session asked ${method} of ${this.folder}, which nobody answers`);
    throw new Error(`the kernel's front has no answer to ${method}`);
  }

  forget(): void {}

  close(): void {}
}
