/** How a value says itself what it looks like: the conventions of this kernel, of Deno's, of IPython and of Vega. */
import { inspect } from "node:util";
import { property } from "./property.js";
import type { MimeData } from "./protocol.js";

/** Methods that give a whole MIME bundle. */
const bundleMethods = ["toMimeBundle", Symbol.for("Jupyter.display"), "_repr_mimebundle_"] as const;

/** IPython's methods, each for one MIME type. */
const formMethods = {
  _repr_html_: "text/html",
  _repr_markdown_: "text/markdown",
  _repr_svg_: "image/svg+xml",
  _repr_png_: "image/png",
  _repr_jpeg_: "image/jpeg",
  _repr_latex_: "text/latex",
  _repr_json_: "application/json",
  _repr_javascript_: "application/javascript",
} as const;

/**
 * Undefined when the value says nothing. A form beside which no text was given gets `text`, for clients that show
 * nothing else. Rejects when the value's own method throws, or gives what is no bundle.
 */
export async function ownBundle(value: unknown, text: () => string): Promise<MimeData | undefined> {
  for (const key of bundleMethods) {
    const bundle = await answer(value, key);
    if (bundle === undefined) continue;
    if (bundle === null || typeof bundle !== "object")
      throw new TypeError(
        `${String(key)} of a shown value must return a MIME bundle, got ${inspect(bundle)}`,
      );
    // IPython allows [data, metadata].
    return (Array.isArray(bundle) ? bundle[0] : bundle) as MimeData;
  }
  const forms: MimeData = {};
  for (const [key, type] of Object.entries(formMethods)) {
    const form = await answer(value, key);
    if (form !== undefined && form !== null)
      forms[type] = form instanceof Uint8Array ? Buffer.from(form).toString("base64") : form;
  }
  const spec = (await answer(value, "toSpec")) ?? value;
  const specType = vegaType(spec);
  if (specType) forms[specType] = spec;
  return Object.keys(forms).length === 0 ? undefined : { ...forms, "text/plain": text() };
}

/** What the method gives; undefined where there is none. */
async function answer(value: unknown, key: string | symbol): Promise<unknown> {
  const method = property(value, key);
  return typeof method === "function" ? await method.call(value) : undefined;
}

/** JupyterLab draws Vega up to 5 and Vega-Lite up to 5; a later specification is given to the last it has. */
function vegaType(spec: unknown): string | undefined {
  const schema = property(spec, "$schema");
  const found = typeof schema === "string" ? /\/vega(-lite)?\/v(\d+)/.exec(schema) : undefined;
  if (!found) return undefined;
  const version = Math.min(5, Number(found[2]));
  return found[1] ? `application/vnd.vegalite.v${version}+json` : `application/vnd.vega.v${version}+json`;
}
