/** A chart in Chromium as JupyterLab draws it: vega-embed with the specification and nothing else. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Page } from "playwright-core";

const require = createRequire(import.meta.url);
const libraries = ["vega", "vega-lite", "vega-embed"].map((name) =>
  join(dirname(require.resolve(name)), `${name}.min.js`),
);

/** Into the page's `#chart`; the page's `view` is Vega's then. */
export async function embedChart(page: Page, spec: unknown, theme?: "dark"): Promise<void> {
  for (const path of libraries) await page.addScriptTag({ content: readFileSync(path, "utf8") });
  await page.evaluate(
    async ([given, options]) => {
      const scope = globalThis as unknown as {
        vegaEmbed: (...args: unknown[]) => Promise<{ view: unknown }>;
        view: unknown;
      };
      scope.view = (await scope.vegaEmbed("#chart", given, options)).view;
    },
    [spec, theme ? { theme } : {}] as const,
  );
}
