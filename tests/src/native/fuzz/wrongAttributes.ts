/** Makes an op's attributes wrong: their names, their kinds, their values, or which there are. */
import { type Draw, hostileNumbers } from "./draw.js";
import type { Native } from "./tensors.js";
import { wrongly } from "./wrongly.js";

export type Attribute = Parameters<Native["executeOp"]>[1][number];

/** Numbers of TensorFlow's types, some of which nobody here can make values of. */
const dtypes = [0, 1, 2, 3, 4, 7, 8, 9, 10, 14, 19, 20, 21, 23, 101, -1, 1000] as const;

export function wrongAttributes(draw: Draw, attributes: readonly Attribute[]): Attribute[] {
  const place = draw.int(0, Math.max(0, attributes.length - 1));
  const one = attributes[place];
  if (!one || draw.chance(0.1))
    return [
      ...attributes,
      {
        name: draw.pick([
          "T",
          "N",
          "bogus",
          "strides",
          "dtype",
          "axis",
          "Tidx",
          "shape",
          "padding",
          "keep_dims",
          "_XlaMustCompile",
          "_output_shapes",
          "_class",
          "",
        ]),
        type: draw.pick([0, 1, 2, 3, 4, 5, 8, 104, 100]),
        value: draw.pick<unknown>(["x", 1, 0, -1, true, [], [1], [1, -1, 2], ["a"], 0.5, 2 ** 40]),
      },
    ];
  if (draw.chance(0.1)) return attributes.filter((_, i) => i !== place);
  return attributes.map((attribute, i) => (i === place ? wrongAttribute(draw, attribute) : attribute));
}

function wrongAttribute(draw: Draw, attribute: Attribute): Attribute {
  const { name, type, value } = attribute;
  if (draw.chance(0.1)) return { name: draw.pick(["bogus", "T", ""]), type, value };
  if (draw.chance(0.15)) return { name, type: draw.pick([0, 1, 2, 3, 4, 5, 8, 100, 104]), value };
  if (draw.chance(0.15))
    return draw.pick<Attribute>([
      { name, type: 1, value: draw.pick(hostileNumbers) },
      { name, type: 1, value: [draw.pick(hostileNumbers), 1] },
      { name, type: 2, value: draw.pick(hostileNumbers) },
      { name, type: 3, value: true },
      { name, type: 0, value: "bogus" },
      { name, type: 4, value: draw.pick(dtypes) },
      { name, type: 5, value: [2, -1] },
      { name, type: 104, value: [1, 3] },
      { name, type: 100, value: ["a", "b"] },
      { name, type: 8, value: "bogus" },
    ]);
  if (type === 4 && !Array.isArray(value)) return { name, type, value: draw.pick(dtypes) };
  return { name, type, value: wrongly(draw, value) };
}
