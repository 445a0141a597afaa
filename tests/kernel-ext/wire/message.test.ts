import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MessageCodec, RefusedMessage } from "../../../kernel-ext/wire/message.js";

const header = {
  msg_id: "1",
  msg_type: "kernel_info_request",
  session: "s",
  username: "u",
  date: "",
  version: "5.4",
};

/** Frames as a client makes them, signed here. */
function signed(parts: unknown[], key = "k"): Buffer[] {
  const frames = parts.map((part) => Buffer.from(JSON.stringify(part)));
  const hmac = createHmac("sha256", key);
  for (const frame of frames) hmac.update(frame);
  return [Buffer.from("client"), Buffer.from("<IDS|MSG>"), Buffer.from(hmac.digest("hex")), ...frames];
}

/** A signed message with that content, whatever it is. */
function raw(content: string | Buffer): Buffer[] {
  const frames = [...[header, {}, {}].map((part) => Buffer.from(JSON.stringify(part))), Buffer.from(content)];
  const hmac = createHmac("sha256", "k");
  for (const frame of frames) hmac.update(frame);
  return [Buffer.from("<IDS|MSG>"), Buffer.from(hmac.digest("hex")), ...frames];
}

describe("MessageCodec", () => {
  it("reads a signed message, with identities before and buffers after", () => {
    const frames = [...signed([header, { msg_id: "0" }, { m: 1 }, { c: 2 }]), Buffer.from("raw")];
    const message = new MessageCodec("k").decode(frames);
    expect(message).toEqual({
      identities: [Buffer.from("client")],
      header,
      parent: { msg_id: "0" },
      metadata: { m: 1 },
      content: { c: 2 },
      buffers: [Buffer.from("raw")],
    });
  });

  it("signs what it writes so that another codec of that key reads it", () => {
    const frames = new MessageCodec("k").encode("stream", header, { text: "é" });
    expect(new MessageCodec("k").decode(frames)).toMatchObject({
      header: { msg_type: "stream", version: "5.4" },
      parent: header,
      content: { text: "é" },
    });
    expect(() => new MessageCodec("other").decode(frames)).toThrow("signature");
  });

  it("takes unsigned messages when there is no key", () => {
    const frames = [
      Buffer.from("<IDS|MSG>"),
      Buffer.from(""),
      ...[header, {}, {}, {}].map((part) => Buffer.from(JSON.stringify(part))),
    ];
    expect(new MessageCodec("").decode(frames).header.msg_id).toBe("1");
  });

  it.each<[string, Buffer[]]>([["the same message again", signed([header, {}, {}, { again: 1 }])]])(
    "refuses %s",
    (_what, frames) => {
      const codec = new MessageCodec("k");
      codec.decode(frames);
      expect(() => codec.decode(frames)).toThrow("received before");
    },
  );

  it.each<[string, Buffer[]]>([
    ["a header without msg_type", signed([{ msg_id: "1", session: "s" }, {}, {}, {}])],
    ["a content that is no object", signed([header, {}, {}, [1]])],
    ["an absent content", signed([header, {}, {}])],
    ["nothing", []],
    ["text that is no JSON", [...signed([header, {}, {}]), Buffer.from("{")]],
    ["a header whose username is no string", signed([{ ...header, username: 5 }, {}, {}, {}])],
    ["a header of 20 KB", signed([{ ...header, more: "x".repeat(20_000) }, {}, {}, {}])],
    [
      "more frames than anybody needs",
      [...signed([header, {}, {}, {}]), ...Array(2000).fill(Buffer.from(""))],
    ],
    [
      "a signature that is too short",
      signed([header, {}, {}, {}]).map((frame, i) => (i === 2 ? frame.subarray(1) : frame)),
    ],
  ])("refuses %s", (_what, frames) => {
    expect(() => new MessageCodec("k").decode(frames)).toThrow(RefusedMessage);
  });

  it.each([
    ["arrays", "[", "]"],
    ["objects", '{"a":', "}"],
  ])("refuses %s nested too deeply to be written again", (_what, open, close) => {
    const nested = (depth: number) => raw(`{"a":${open.repeat(depth)}1${close.repeat(depth)}}`);
    expect(() => new MessageCodec("k").decode(nested(100_000))).toThrow("nested");
    expect(() => new MessageCodec("k").decode(nested(499))).not.toThrow();
  });

  it("does not count brackets in strings as nesting", () => {
    const code = `"\\${"[{".repeat(5000)}`;
    expect(new MessageCodec("k").decode(signed([header, {}, {}, { code }])).content).toEqual({ code });
  });

  it("refuses what is no UTF-8", () => {
    const content = Buffer.from([...Buffer.from('{"code":"'), 0xff, ...Buffer.from('"}')]);
    expect(() => new MessageCodec("k").decode(raw(content))).toThrow("UTF-8");
  });

  it("keeps plain fields of the header that it does not know, and completes it", () => {
    const { msg_id, msg_type, session } = header;
    const given = { msg_id, msg_type, session, subshell_id: null, odd: { a: 1 } };
    const read = new MessageCodec("k").decode(signed([given, {}, {}, {}])).header;
    expect(read).toEqual({ ...header, username: "", version: "", subshell_id: null });
  });

  it("refuses arbitrary frames, and never fails otherwise", () => {
    const codec = new MessageCodec("k");
    const frame = fc.oneof(
      fc.uint8Array({ maxLength: 80 }).map((bytes) => Buffer.from(bytes)),
      fc.constant(Buffer.from("<IDS|MSG>")),
      fc.json().map((text) => Buffer.from(text)),
    );
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 9 }), (frames) => {
        expect(() => codec.decode(frames)).toThrow(RefusedMessage);
      }),
      { numRuns: 2000, seed: 7 },
    );
  });
});

it("sends half a surrogate pair as U+FFFD, and leaves text that looks like one alone", () => {
  const codec = new MessageCodec("");
  const texts = ["😀"[0], "a\\ud800", "\\\\udfff", "\\\ud800", "😀", "\ud83dx\ude00"];
  const content = codec.encode("stream", {}, { texts, "\ud800": 1 }).at(-1);
  expect(JSON.parse(String(content))).toEqual({
    texts: ["\ufffd", "a\\ud800", "\\\\udfff", "\\\ufffd", "😀", "\ufffdx\ufffd"],
    "\ufffd": 1,
  });
});
