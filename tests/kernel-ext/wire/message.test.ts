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
  ])("refuses %s", (_what, frames) => {
    expect(() => new MessageCodec("k").decode(frames)).toThrow(RefusedMessage);
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
