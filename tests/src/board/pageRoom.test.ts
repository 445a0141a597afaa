import { expect, it } from "vitest";
import { PageRoom } from "../../../src/board/pageRoom.js";

const lengthOf = (text: string) => text.length;

it("gives room to the largest version that fits, until it is full", () => {
  const room = new PageRoom(["table", "tables"], 10);
  expect(room.take("a", ["123456", "1"], lengthOf)).toBe("123456");
  expect(room.take("b", ["123456", "123"], lengthOf)).toBe("123");
  expect(room.remarks()).toEqual([]);
  expect(room.take("c", ["123456", "12"], lengthOf)).toBeUndefined();
  expect(room.remarks()).toEqual(["The page has no room for 1 table: c."]);
  expect(room.take("d", ["1"], lengthOf)).toBe("1");
  expect(room.take("e", ["12"], lengthOf)).toBeUndefined();
  expect(room.remarks()).toEqual(["The page has no room for 2 tables: c, e."]);
});

it("gives room in turn: a little to the first parts of all runs, then to their second ones, then more to each", () => {
  const parts = (...texts: string[]) =>
    texts.map((text) => ({ name: text, versions: () => [text, text.slice(0, 2), text.slice(0, 1)] }));
  const taken = (bytes: number) => {
    const room = new PageRoom(["table", "tables"], bytes);
    return [
      ...room.takeInTurn([parts("aaa", "bbb", "c"), [], parts("ddd", "e")], lengthOf),
      ...room.remarks(),
    ];
  };
  expect(taken(4)).toEqual([["a", "b"], [], ["d", "e"], "The page has no room for 1 table: c."]);
  expect(taken(8)).toEqual([["aaa", "b", "c"], [], ["dd", "e"]]);
  expect(taken(99)).toEqual([["aaa", "bbb", "c"], [], ["ddd", "e"]]);
});
