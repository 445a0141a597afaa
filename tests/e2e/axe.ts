/** What axe-core finds wrong with a page for those who hear it, or steer it by keys alone. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export interface Findings {
  /** A line each: impact, rule, elements. */
  readonly violations: readonly string[];
  /** Rules that found elements to judge, and none of them wrong. */
  readonly passes: readonly string[];
}

/** All of axe's rules, best practices too. It is put in by the debugger, which no policy of the page forbids. */
export async function axeFindings(page: Page): Promise<Findings> {
  await page.evaluate(source);
  const { violations, passes } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<AxeResults> } }).axe.run(),
  );
  return {
    violations: violations.map(
      ({ impact, id, nodes }) =>
        `${impact} ${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`,
    ),
    passes: passes.map(({ id }) => id),
  };
}
