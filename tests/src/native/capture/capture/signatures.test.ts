import { expect, it, vi } from "vitest";
import { capture, tf } from "../../../../../src/native/index.js";

const values = (tensor: tf.Tensor) => Array.from(tensor.dataSync());

it("runs the function once for each signature, and no more", () => {
  let runs = 0;
  const captured = capture((x: tf.Tensor, { by }: { by: number }) => {
    runs++;
    return tf.mul(x, by);
  });
  const two = tf.tensor1d([1, 2]);
  for (const x of [two, tf.tensor1d([3, 4]), tf.tensor1d([5])]) captured(x, { by: 2 });
  expect(values(captured(two, { by: 3 }))).toEqual([3, 6]);
  expect(values(captured(two, { by: 2 }))).toEqual([2, 4]);
  captured(tf.tensor1d([1, 2], "int32"), { by: 2 });
  expect(runs).toBe(4);
  expect(captured.captures.map(({ signature }) => signature)).toEqual([
    '[float32[1], {"by": 2}]',
    '[float32[2], {"by": 3}]',
    '[float32[2], {"by": 2}]',
    '[int32[2], {"by": 2}]',
  ]);
  expect(captured.captures.every(({ milliseconds }) => milliseconds > 0)).toBe(true);
});

it("tells apart what looks alike", () => {
  const captured = capture((value: unknown) => String(Object.is(value, -0) ? "-0" : value));
  const alike = [
    0,
    -0,
    "0",
    1,
    "1",
    true,
    "true",
    null,
    "null",
    undefined,
    [],
    [[]],
    ["a", "b"],
    ["a,b"],
    1n,
  ];
  for (const value of alike) captured(value);
  expect(captured(-0)).toBe("-0");
  expect(captured(0)).toBe("0");
  expect(captured.captures.length).toBeGreaterThanOrEqual(alike.length - 1);
});

it("nests arguments and results, and hands back what is no tensor", () => {
  const captured = capture((batch: { x: tf.Tensor; sizes: readonly number[]; rest: tf.Tensor[] }) => ({
    sum: tf.addN([batch.x, ...batch.rest]),
    name: "sum",
    list: [batch.sizes.length, null, [batch.x]],
    nothing: undefined,
  }));
  const [a, b] = [tf.scalar(1), tf.scalar(10)];
  const result = captured({ x: a, sizes: [1, 2], rest: [b, b] });
  expect(values(result.sum)).toEqual([21]);
  expect(result).toMatchObject({ name: "sum", list: [2, null, [expect.anything()]], nothing: undefined });
  const same = (result.list[2] as tf.Tensor[])[0] as tf.Tensor;
  same.dispose();
  expect(values(a)).toEqual([1]);
});

it("keeps at most its capacity, those used last", () => {
  const captured = capture((x: tf.Tensor) => tf.neg(x), { capacity: 2 });
  const sized = (n: number) => values(captured(tf.ones([n]))).length;
  for (const n of [1, 2, 1, 3]) expect(sized(n)).toBe(n);
  expect(captured.captures.map(({ signature }) => signature)).toEqual(["[float32[1]]", "[float32[3]]"]);
  expect([sized(2), sized(1), sized(3)]).toEqual([2, 1, 3]);
  expect(captured.captures).toHaveLength(2);
});

it("warns once of a number that makes many captures", () => {
  const warn = vi.spyOn(process, "emitWarning").mockImplementation(() => undefined);
  const captured = capture(
    function scaled(x: tf.Tensor, by: number) {
      return tf.mul(x, by);
    },
    { capacity: 3 },
  );
  for (let by = 0; by < 20; by++) captured(tf.scalar(1), by);
  expect(warn).toHaveBeenCalledTimes(1);
  expect(warn.mock.calls[0]?.[0]).toMatch(/captured scaled was captured 6 times.*tf\.scalar/);
  warn.mockRestore();
});

it("forgets when told to: what the function refers to may have changed", () => {
  let factor = 2;
  const captured = capture((x: tf.Tensor) => tf.mul(x, factor));
  captured(tf.scalar(1));
  factor = 3;
  expect(values(captured(tf.scalar(1)))).toEqual([2]);
  captured.forget();
  expect(values(captured(tf.scalar(1)))).toEqual([3]);
  captured.dispose();
  captured.dispose();
  expect(() => captured(tf.scalar(1))).toThrowError(/was called after it was disposed/);
});

it("is a part of the capture that calls it, with its random numbers", () => {
  const noise = capture((x: tf.Tensor) => tf.add(x, tf.randomNormal([3])));
  const outer = capture((x: tf.Tensor) => tf.concat([noise(x), noise(x)]), { seed: 5 });
  const drawn = values(outer(tf.zeros([3])));
  expect(drawn.slice(0, 3)).not.toEqual(drawn.slice(3));
  expect(noise.captures).toHaveLength(0);
  expect(values(outer(tf.zeros([3])))).not.toEqual(drawn);
  expect(outer.explain().after.map(({ name }) => name)).toContain("StatelessRandomNormal");
});

it("keeps tensors of outside, large ones without a copy in the graph", () => {
  const large = tf.randomNormal([5000], 0, 1, "float32", 3);
  const expected = values(tf.add(large, 1));
  const captured = capture((x: tf.Tensor) => tf.add(tf.mul(large, 1), x));
  captured(tf.scalar(1));
  large.dispose();
  expect(values(captured(tf.scalar(1)))).toEqual(expected);
  expect(captured.explain().after.filter(({ outputs }) => outputs.includes("float32[5000]"))).toHaveLength(2);
  captured.dispose();
});
