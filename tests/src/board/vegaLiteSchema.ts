/** Vega-Lite v5's own published schema, as shipped in its package. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv } from "ajv";

const require = createRequire(import.meta.url);
const schema = JSON.parse(readFileSync(require.resolve("vega-lite/build/vega-lite-schema.json"), "utf8"));
const validate = new Ajv({ strict: false, validateFormats: false }).compile(schema);

/** What the schema finds wrong; empty if the specification is valid. */
export function schemaErrors(spec: unknown): string[] {
  return validate(spec)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}
