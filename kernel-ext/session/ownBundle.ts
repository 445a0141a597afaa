/** How a value says itself what it looks like: the conventions of this kernel, of Deno's, of IPython and of Vega. */
import { inspect } from "node:util";
import { entries, hasOwn, isArray, match } from "./primordials.js";
import { property } from "./property.js";
import type { MimeData } from "./protocol.js";
import type { Steps } from "./settle.js";

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
/** As they were before cells could replace them. */
const forms = entries(formMethods);

export interface ShownValue {
  readonly data: MimeData;
  /** How to show it, by MIME type: an image's size, for one. */
  readonly metadata: MimeData;
  /** A sentence to stderr before it: what is wrong with it, where clients do not say. */
  readonly note?: string;
}

/**
 * Undefined when the value says nothing. A bundle without text gets `text`, for clients that show nothing else. Throws
 * what the value's own method throws, and where it gives what is no bundle. Yields what those methods give.
 */
export function* ownBundle(value: unknown, text: () => string): Steps<ShownValue | undefined> {
  for (let at = 0; at < bundleMethods.length; at++) {
    const key = bundleMethods[at] as (typeof bundleMethods)[number];
    const bundle = yield answer(value, key);
    if (bundle === undefined) continue;
    // IPython allows [data, metadata].
    const { 0: data, 1: metadata } = (isArray(bundle) ? bundle : [bundle]) as unknown[];
    if (!isObject(data))
      throw new TypeError(
        `${String(key)} of a shown value must return a MIME bundle, got ${inspect(bundle)}`,
      );
    // For clients that show nothing else.
    const shown = hasOwn(data, "text/plain") ? data : { ...data, "text/plain": text() };
    return { data: shown, metadata: isObject(metadata) ? metadata : {} };
  }
  const data: MimeData = {};
  let isEmpty = true;
  const metadata: MimeData = {};
  for (let at = 0; at < forms.length; at++) {
    const { 0: key, 1: type } = forms[at] as [string, string];
    const given = yield answer(value, key);
    // [data, metadata] here too; a list that is JSON is the data itself.
    const { 0: form, 1: about } = (
      isArray(given) && type !== "application/json" ? given : [given]
    ) as unknown[];
    if (form === undefined || form === null) continue;
    isEmpty = false;
    data[type] = form instanceof Uint8Array ? Buffer.from(form).toString("base64") : form;
    if (isObject(about)) metadata[type] = about;
  }
  const spec = (yield answer(value, "toSpec")) ?? value;
  const specType = vegaType(spec);
  if (specType) data[specType] = spec;
  if (isEmpty && !specType) return undefined;
  return { data: { ...data, "text/plain": text() }, metadata };
}

function isObject(value: unknown): value is MimeData {
  return value !== null && typeof value === "object" && !isArray(value);
}

/** What the method gives; undefined where there is none. */
function answer(value: unknown, key: string | symbol): unknown {
  const method = property(value, key);
  return typeof method === "function" ? method.call(value) : undefined;
}

/** JupyterLab draws Vega up to 5 and Vega-Lite up to 5; a later specification is given to the last it has. */
function vegaType(spec: unknown): string | undefined {
  const schema = property(spec, "$schema");
  const found = typeof schema === "string" ? match(/\/vega(-lite)?\/v(\d+)/, schema) : undefined;
  if (!found) return undefined;
  const version = Math.min(5, Number(found[2]));
  return found[1] ? `application/vnd.vegalite.v${version}+json` : `application/vnd.vega.v${version}+json`;
}
