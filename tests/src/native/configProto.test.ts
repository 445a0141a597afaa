import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { type ContextConfig, configProto } from "../../../src/native/configProto.js";

interface Case extends ContextConfig {
  readonly bytes: string;
}

/** From TensorFlow's own protobuf classes: tests/oracles/native/configProto.py. */
const cases = JSON.parse(
  readFileSync(new URL("../../oracles/native/configProto.json", import.meta.url), "utf8"),
) as Case[];

it.each(cases)("writes TensorFlow's bytes for %o", ({ bytes, ...config }) => {
  expect(sortedFields(Buffer.from(configProto(config)))).toEqual(sortedFields(Buffer.from(bytes, "hex")));
});

/** Protobuf leaves the order of fields open: the top-level fields, each as hex. */
function sortedFields(bytes: Buffer): string[] {
  const fields: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const start = at;
    const wire = (bytes[at] ?? 0) & 7;
    while ((bytes[at++] ?? 0) > 127);
    const length = wire === 2 ? (bytes[at++] ?? 0) : 0;
    if (wire === 0) while ((bytes[at++] ?? 0) > 127);
    at += length;
    fields.push(bytes.subarray(start, at).toString("hex"));
  }
  return fields.sort();
}
