/** What clients ask about code that is being written: is it whole, what completes it, what is it. */

import { didYouMean } from "../../src/base/nearestName.js";
import type { CellLanguage } from "../language/cellLanguage.js";
import { nestingFault, requireDraftSize } from "../language/nesting.js";
import type { DetailLevel } from "../language/typeFields.js";
import { magics } from "../magics/magics.js";
import type { MimeData } from "../session/protocol.js";
import type { Content } from "../wire/message.js";
import type { CellChecks } from "./cellChecks.js";
import type { NestingGuard } from "./nestingGuard.js";
import type { PreparedCell } from "./prepareCell.js";

interface Sources {
  readonly guard: NestingGuard;
  readonly checks: Pick<CellChecks, "settled">;
}

/** Invariant: nothing is asked of the checker about code that the guard has not admitted. */
export class CodeQuestions {
  private readonly guard: NestingGuard;
  private readonly checks: Sources["checks"];

  constructor(
    private readonly language: CellLanguage,
    { guard, checks }: Sources,
  ) {
    this.guard = guard;
    this.checks = checks;
  }

  /** Code that cannot even be read is invalid: run, it says why. */
  async isComplete(code: string): Promise<Content> {
    try {
      await this.guard.admit({ reading: "completeness", source: code });
      return { ...this.language.isComplete(code) };
    } catch (error) {
      nestingFault(error, code);
      return { status: "invalid" };
    }
  }

  /** @throws NestingError for code that cannot even be read. */
  async complete(code: string, cursor: number): Promise<Content> {
    const { matches, start, end, entries } = await this.readable(code, () =>
      this.language.complete(code, cursor),
    );
    const types = entries.map(({ text, type, signature }) => ({
      start,
      end,
      text,
      type,
      ...(signature !== undefined && { signature }),
    }));
    return {
      status: "ok",
      matches,
      cursor_start: start,
      cursor_end: end,
      metadata: { _jupyter_types_experimental: types },
    };
  }

  /** @throws NestingError for code that cannot even be read. */
  async inspect(code: string, cursor: number, detail: DetailLevel = 0): Promise<Content> {
    const found = await this.readable(code, () => this.language.inspect(code, cursor, detail));
    return { status: "ok", found: found !== undefined, data: found ? mimeOf(found) : {}, metadata: {} };
  }

  /** What the names asked about with `?` are. */
  async pages({ split }: PreparedCell): Promise<MimeData[]> {
    const pages: MimeData[] = [];
    if (split.help.length > 0) await this.checks.settled();
    for (const name of split.help) {
      const found = await this.language.help(name, split.source);
      pages.push(found ? mimeOf(found) : { "text/plain": unknownName(name) });
    }
    return pages;
  }

  private async readable<T>(source: string, ask: () => Promise<T>): Promise<T> {
    try {
      requireDraftSize(source);
      await this.guard.admit({ reading: "draft", source });
      await this.checks.settled();
      return await ask();
    } catch (error) {
      throw nestingFault(error, source);
    }
  }
}

function unknownName(name: string): string {
  const [, signs, magic = ""] = /^(%%?)(.*)$/.exec(name) ?? [];
  const near =
    signs === undefined
      ? ""
      : didYouMean(
          magic,
          magics.list().map((known) => known.name),
          signs,
        );
  return signs === undefined
    ? `nothing is known about ${name}`
    : `there is no magic ${name}.${near || " %lsmagic lists them."}`;
}

function mimeOf({ text, markdown }: { text: string; markdown: string }): MimeData {
  return { "text/plain": text, "text/markdown": markdown };
}
