import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { CellLanguage } from "../../../kernel-ext/language/cellLanguage.js";
import { formatDiagnostics } from "../../../kernel-ext/language/diagnostics.js";
import { magics } from "../../../kernel-ext/magics/magics.js";

export interface CheckedCells {
  readonly folder: string;
  /** What the next cell is told of its types. */
  told(source: string): Promise<string>;
  /** Forgets all cells. */
  reset(): void;
}

/** A checker for the tests of a file, in a folder of its own that ends with them; each test begins without cells. */
export function checkedCells(): CheckedCells {
  const folder = mkdtempSync(join(tmpdir(), "checked-cells-"));
  let language: CellLanguage;
  let cell = 0;
  beforeAll(async () => {
    language = new CellLanguage({ folder, magics, tell: () => undefined });
    await language.ready;
  });
  beforeEach(() => language.reset());
  afterAll(async () => {
    await language.dispose();
    rmSync(folder, { recursive: true });
  });
  return {
    folder,
    reset: () => language.reset(),
    async told(source) {
      language.syntax();
      const { diagnostics } = await language.check(++cell, source);
      language.commit(cell);
      return formatDiagnostics(diagnostics, { cell, source });
    },
  };
}
