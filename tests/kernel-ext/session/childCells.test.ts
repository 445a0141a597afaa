import { expect, it } from "vitest";
import { ChildCells } from "../../../kernel-ext/session/childCells.js";

/** Parents before children: pid, parent, when it began. The session is 1. */
const processes = [
  [10, 1, 100],
  [11, 1, 500],
  [12, 1, 100],
  [13, 1, 505],
  [20, 10, 510],
  [21, 11, 511],
  [22, 12, 510],
  [23, 13, 520],
  [30, 20, 520],
].map(([pid = 0, parent = 0, began = 0]) => ({ pid, parent, began }));

/** 10 is cell 3's, 11 cell 4's; 12 and 13 nobody noted. */
function noted(): ChildCells {
  const children = new ChildCells();
  children.note({ child: 10, cell: 3 });
  children.note({ child: 11, cell: 4 });
  return children;
}

it("gives a cell its children, with theirs, and unknown ones that began since", () => {
  expect(noted().of(4, processes, 500)).toEqual([11, 13, 21, 23]);
  expect(noted().of(3, processes, 500)).toEqual([10, 13, 20, 23, 30]);
  expect(noted().of(5, processes, 506)).toEqual([]);
});

it("lets a noted child of another's child be its own cell's", () => {
  const children = noted();
  children.note({ child: 20, cell: 4 });
  expect(children.of(4, processes, 1000)).toEqual([11, 20, 21, 30]);
});

it("forgets who has ended, as its number may be given again", () => {
  const children = noted();
  children.note({ child: 10, ended: true });
  expect(children.of(3, processes, 90)).toEqual([10, 12, 13, 20, 22, 23, 30]);
});

it("of no cell has only what nobody noted", () => {
  const children = noted();
  children.note({ child: 12, cell: 0 });
  expect(children.of(0, processes, 90)).toEqual([13, 23]);
});

it("compares times though they were cut to 32 bits", () => {
  const late = 2 ** 31;
  const of = (began: number) =>
    new ChildCells().of(1, [{ pid: 10, parent: 1, began }], new Int32Array([late + 5])[0] as number);
  expect(of(late + 5)).toEqual([10]);
  expect(of(late + 4)).toEqual([]);
});
