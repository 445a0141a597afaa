import { expect, it } from "vitest";
import { checkContent } from "../../../kernel-ext/wire/requestSchema.js";

const execute = { code: "1", silent: false, store_history: true, user_expressions: { a: "1" } };

it.each<[string, Record<string, unknown>]>([
  ["execute_request", { ...execute, allow_stdin: true, stop_on_error: false }],
  ["execute_request", { code: "" }],
  ["execute_request", { code: "1", silent: null, beyond: "the schema" }],
  ["complete_request", { code: "a", cursor_pos: 1 }],
  ["inspect_request", { code: "a", cursor_pos: 1, detail_level: 1 }],
  [
    "history_request",
    { hist_access_type: "range", output: false, raw: true, session: -1, start: 0, stop: null },
  ],
  ["comm_info_request", {}],
  ["comm_open", { comm_id: "a", target_name: "b", data: {} }],
  ["shutdown_request", {}],
  ["kernel_info_request", {}],
  ["of_another_day", { anything: [] }],
  ["constructor", {}],
])("takes %s with %j", (type, content) => {
  expect(() => checkContent(type, content)).not.toThrow();
});

it.each<[string, Record<string, unknown>, string]>([
  ["execute_request", {}, "execute_request must hold code, a string, got undefined"],
  ["execute_request", { code: ["1"] }, "code, a string, got an array of 1"],
  ["execute_request", { ...execute, silent: "no" }, 'silent, true or false, got "no"'],
  ["execute_request", { ...execute, user_expressions: { a: 1 } }, "user_expressions, an object of strings"],
  ["complete_request", { code: "a", cursor_pos: 1.5 }, "cursor_pos, an integer, got 1.5"],
  ["inspect_request", { code: "a", detail_level: 2 }, "detail_level, 0 or 1, got 2"],
  ["history_request", { hist_access_type: "all" }, "hist_access_type, tail, range or search"],
  ["history_request", { hist_access_type: "tail", n: "3" }, "n, an integer"],
  ["comm_open", { comm_id: "a" }, "target_name, a string, got undefined"],
  ["comm_msg", { comm_id: "a", data: [] }, "data, an object, got an array of 0"],
  ["shutdown_request", { restart: 1 }, "restart, true or false, got 1"],
  ["input_reply", { value: 5 }, "value, a string, got 5"],
  ["is_complete_request", JSON.parse('{"__proto__":{"code":"1"}}'), "code, a string, got undefined"],
])("refuses %s with %j", (type, content, message) => {
  expect(() => checkContent(type, content)).toThrow(TypeError);
  expect(() => checkContent(type, content)).toThrow(message);
});
