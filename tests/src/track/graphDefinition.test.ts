import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeGraph, encodeGraph } from "../../../src/track/graphDefinition.js";

const name = fc.string({ minLength: 1, unit: "grapheme" });
const size = fc.option(fc.nat(Number.MAX_SAFE_INTEGER));
const node = fc.record(
  {
    name,
    kind: name,
    inputs: fc.array(name, { maxLength: 4 }),
    shapes: fc.array(fc.array(size, { maxLength: 4 }), { maxLength: 3 }),
    parameters: fc.nat(Number.MAX_SAFE_INTEGER),
    trainable: fc.boolean(),
  },
  { requiredKeys: ["name", "kind", "inputs", "shapes"] },
);

test("a graph comes back as it was written", () => {
  fc.assert(
    fc.property(fc.array(node, { maxLength: 8 }), (nodes) => {
      expect(decodeGraph(encodeGraph(nodes))).toEqual(nodes);
    }),
    { seed: 3, numRuns: 500 },
  );
});

test("bytes that are no graph are refused with a SyntaxError, or are another graph: nothing else is thrown", () => {
  const bytes = encodeGraph([
    { name: "a", kind: "Dense", inputs: ["b"], shapes: [[null, 3]], parameters: 12 },
  ]);
  fc.assert(
    fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const broken = Buffer.from(bytes);
      broken[at]! ^= flip;
      try {
        expect(Array.isArray(decodeGraph(broken))).toBe(true);
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError);
      }
    }),
    { seed: 5, numRuns: 1000 },
  );
});
