import { expect, it } from "vitest";
import { PageRoom } from "../../../src/board/pageRoom.js";

const lengthOf = (text: string) => text.length;

it("gives room to the largest version that fits, until it is full", () => {
  const room = new PageRoom("table", 10);
  expect(room.take("a", ["123456", "1"], lengthOf)).toBe("123456");
  expect(room.take("b", ["123456", "123"], lengthOf)).toBe("123");
  expect(room.remarks()).toEqual([]);
  expect(room.take("c", ["123456", "12"], lengthOf)).toBeUndefined();
  expect(room.remarks()).toEqual(["The page has no room for 1 table: c."]);
  expect(room.take("d", ["1"], lengthOf)).toBe("1");
});
