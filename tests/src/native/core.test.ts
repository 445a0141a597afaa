import { expect, it } from "vitest";
import { chooseCore, withoutLibrary } from "../../../src/native/core.js";
import { LibtensorflowError } from "../../../src/native/findLibtensorflow.js";

const paths = { cc: "/w/libtensorflow_cc.so.2", framework: "/w/f.so.2", foundBy: "VIRTUAL_ENV" };
const never = () => {
  throw new Error("nothing is to be searched");
};

it("takes TensorFlow where its library is found, else WebAssembly", () => {
  expect(chooseCore({}, () => paths)).toEqual({ name: "tensorflow", asked: false, paths });
  expect(chooseCore({}, () => undefined)).toEqual({ name: "wasm", asked: false });
});

it("leaves a wrong TUNELAB_LIBTENSORFLOW to the first op, which says so", () => {
  const search = () => {
    throw new LibtensorflowError("it holds neither");
  };
  expect(chooseCore({}, search)).toEqual({ name: "tensorflow", asked: false });
});

it("takes what TUNELAB_BACKEND says without looking for a library", () => {
  expect(chooseCore({ TUNELAB_BACKEND: "wasm" }, never)).toEqual({ name: "wasm", asked: true });
  expect(chooseCore({ TUNELAB_BACKEND: "tensorflow" }, never)).toEqual({ name: "tensorflow", asked: true });
  expect(chooseCore({ TUNELAB_BACKEND: "" }, () => paths).name).toBe("tensorflow");
});

it("refuses a TUNELAB_BACKEND that there is not", () => {
  expect(() => chooseCore({ TUNELAB_BACKEND: "webgl" }, never)).toThrowError(
    /^TUNELAB_BACKEND must be tensorflow or wasm where it is set, but is webgl$/,
  );
});

it("says what needs the library and how to get it", () => {
  expect(withoutLibrary("capturing f", false)).toMatch(
    /^capturing f needs TensorFlow's library, but none was found, so WebAssembly computes; run `npm start` .*, then start again$/,
  );
  expect(withoutLibrary("capturing f", true)).toBe(
    "capturing f needs TensorFlow's library, but TUNELAB_BACKEND=wasm has WebAssembly compute; start without it",
  );
});
