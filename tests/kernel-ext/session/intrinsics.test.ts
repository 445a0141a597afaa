import { afterEach, expect, it } from "vitest";
import {
  asCellsLeftThem,
  OwnMap,
  OwnSet,
  whenSettled,
  withIntrinsics,
} from "../../../kernel-ext/session/intrinsics.js";

const { parse } = JSON;
const { map } = Array.prototype;
const { then } = Promise.prototype;
const { add } = Set.prototype;
const { get } = Map.prototype;
const NativeMap = Map;

afterEach(() => {
  Object.assign(globalThis, { Map: NativeMap });
  JSON.parse = parse;
  for (const [owner, key, value] of [
    [Array.prototype, "map", map],
    [Promise.prototype, "then", then],
    [Set.prototype, "add", add],
    [Map.prototype, "get", get],
  ] as const) {
    Object.defineProperty(owner, key, { value, configurable: true, writable: true });
  }
});

const broken = () => {
  throw new Error("broken");
};

it("hides what was replaced, and leaves it replaced afterwards", () => {
  JSON.parse = broken;
  Array.prototype.map = broken;
  Object.assign(globalThis, { Map: undefined });
  const found = withIntrinsics(() => [
    JSON.parse("[1]").map((one: number) => one + 1),
    new Map([[1, 2]]).get(1),
  ]);
  expect(JSON.parse).toBe(broken);
  expect(Array.prototype.map).toBe(broken);
  expect(globalThis.Map).toBeUndefined();
  Array.prototype.map = map;
  Object.assign(globalThis, { Map: NativeMap });
  expect(found).toEqual([[2], 2]);
});

it("gives back getters, what was taken away, and what was replaced when the work throws", () => {
  const { configurable } = Object.getOwnPropertyDescriptor(JSON, "parse") ?? {};
  expect(configurable).toBe(true);
  Object.defineProperty(JSON, "parse", { get: broken, configurable: true });
  Reflect.deleteProperty(Array.prototype, "map");
  expect(() => withIntrinsics(() => [JSON.parse("x")].map(String))).toThrow(SyntaxError);
  const { get } = Object.getOwnPropertyDescriptor(JSON, "parse") ?? {};
  const isGone = !Object.hasOwn(Array.prototype, "map");
  Object.defineProperty(JSON, "parse", { value: parse, configurable: true, writable: true });
  Object.defineProperty(Array.prototype, "map", { value: map, configurable: true, writable: true });
  expect(get).toBe(broken);
  expect(isGone).toBe(true);
});

it("has sets, maps and promises that do not ask the prototypes", async () => {
  Set.prototype.add = broken;
  Map.prototype.get = broken;
  const set = new OwnSet<number>();
  set.add(1);
  const numbers = new OwnMap<string, number>();
  numbers.set("a", 1);
  const found = [set.has(1), set.size, numbers.get("a")];
  Set.prototype.add = add;
  Map.prototype.get = get;
  expect(found).toEqual([true, 1, 1]);
  const twice = (one: number) => one * 2;
  const promise = Promise.resolve(1);
  // biome-ignore lint/suspicious/noThenProperty: given back below
  Promise.prototype.then = broken;
  const settled = whenSettled(promise, twice);
  // biome-ignore lint/suspicious/noThenProperty: given back
  Promise.prototype.then = then;
  expect(await settled).toBe(2);
});

it("shows a cell's code within it what cells had made of the objects, also after that has thrown", () => {
  JSON.parse = broken;
  const seen = withIntrinsics(() => [
    asCellsLeftThem(() => JSON.parse) === broken,
    JSON.parse === parse,
    withIntrinsics(() => JSON.parse === parse),
  ]);
  expect(seen).toEqual([true, true, true]);
  expect(() => withIntrinsics(() => asCellsLeftThem(broken))).toThrow("broken");
  expect(JSON.parse).toBe(broken);
});

it("keeps what a cell's code replaces within it", () => {
  withIntrinsics(() => {
    asCellsLeftThem(() => {
      JSON.parse = broken;
    });
    expect(JSON.parse).toBe(parse);
  });
  expect(JSON.parse).toBe(broken);
});

it("mends what loops and destructuring call, getters of patterns, and what buffers inherit", () => {
  const iterator = Object.getPrototypeOf([].values()) as object;
  const typed = Object.getPrototypeOf(Uint8Array.prototype) as object;
  const changed = [
    [iterator, "next"],
    [RegExp.prototype, "flags"],
    [RegExp.prototype, Symbol.replace],
    [typed, "set"],
  ] as const;
  const before = changed.map(([owner, key]) => Object.getOwnPropertyDescriptor(owner, key));
  let found: unknown;
  try {
    // No loop over them, and no destructuring: those call what is broken here.
    for (let at = 0; at < changed.length; at++) {
      const { 0: owner, 1: key } = changed[at] as (typeof changed)[number];
      Object.defineProperty(owner, key, { get: broken, configurable: true });
    }
    found = withIntrinsics(() => [
      [..."ab"].map((x) => x),
      [...[1, 2]],
      "aba".replace(/a/g, "c"),
      Buffer.concat([Buffer.from("x")]),
    ]);
  } finally {
    for (let at = 0; at < changed.length; at++) {
      const { 0: owner, 1: key } = changed[at] as (typeof changed)[number];
      Object.defineProperty(owner, key, before[at] as PropertyDescriptor);
    }
  }
  expect(found).toEqual([["a", "b"], [1, 2], "cbc", Buffer.from("x")]);
});
