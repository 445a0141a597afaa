import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeEvent } from "../../../src/track/eventDecoder.js";
import { EventSink } from "../../../src/track/eventSink.js";
import { ProtoMessage } from "../../../src/track/protobuf.js";
import { ScalarDecoder } from "../../../src/track/scalarDecoder.js";
import { ScalarEncoder } from "../../../src/track/scalarEncoder.js";
import { footerBytes, headerBytes } from "../../../src/track/tfRecord.js";

function content(sink: EventSink) {
  return [...sink.scalars].map(([tag, builder]) => {
    const { steps, values, wallTimes } = builder.series();
    return [tag, [...steps], [...values], [...wallTimes]];
  });
}

test("reads what the encoder wrote, to the last bit, and as the general decoder does", () => {
  const values = fc.dictionary(fc.string({ unit: "grapheme", minLength: 1, maxLength: 40 }), fc.double(), {
    minKeys: 1,
    maxKeys: 6,
  });
  const step = fc.oneof(fc.nat(300), fc.nat({ max: Number.MAX_SAFE_INTEGER }));
  const encoder = new ScalarEncoder();
  fc.assert(
    fc.property(values, step, fc.double({ min: 0, max: 1e10, noNaN: true }), (values, step, wallTime) => {
      const record = encoder.encode(values, step, wallTime);
      const range = { start: headerBytes, end: record.length - footerBytes, file: "", fileOffset: 0 };
      const [quick, general] = [new EventSink(), new EventSink()];
      expect(new ScalarDecoder(quick).decode(record, range.start, range.end)).toBe(step < 2 ** 49);
      decodeEvent(record, range, general);
      expect(content(general)).toEqual(
        Object.entries(values).map(([tag, value]) => [tag, [step], [value], [wallTime]]),
      );
      if (step < 2 ** 49) expect(content(quick)).toEqual(content(general));
    }),
    { seed: 5, numRuns: 500 },
  );
});

test("leaves an event alone that holds anything else, whole", () => {
  const scalar = (tag: string) => new ProtoMessage().bytes(1, Buffer.from(tag)).bytes(9, Buffer.alloc(2));
  const summary = new ProtoMessage().message(1, scalar("a"));
  const events = [
    new ProtoMessage().double(1, 5).integer(2, 1).message(5, summary),
    new ProtoMessage().double(1, 5).string(3, "brain.Event:2"),
    new ProtoMessage().integer(2, 1).double(1, 5),
  ];
  for (const message of events) {
    const bytes = message.encode();
    const sink = new EventSink();
    expect(new ScalarDecoder(sink).decode(bytes, 0, bytes.length)).toBe(false);
    expect(sink.scalars.size).toBe(0);
  }
});

test("any bytes are an event or none, never an exception", () => {
  const sink = new EventSink();
  const decoder = new ScalarDecoder(sink);
  const record = Buffer.from(
    new ScalarEncoder().encode({ loss: 1 / 3, b: 2 }, 7, 1.5).subarray(headerBytes, -footerBytes),
  );
  fc.assert(
    fc.property(fc.nat(record.length - 1), fc.nat(255), fc.nat(record.length), (at, byte, length) => {
      const bytes = Buffer.from(record);
      bytes[at] = byte;
      decoder.decode(bytes.subarray(0, length), 0, length);
    }),
    { seed: 6, numRuns: 3000 },
  );
});
