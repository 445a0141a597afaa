/**
 * `data.json`: the record of a run's data as JSON, in one line.
 *
 * From version 2 on its last field is `crc32c`, in 8 hexadecimal digits: the CRC-32C of all bytes before the comma of that
 * field. Version 1 has none.
 */
import type { DataRecord } from "../base/dataRecord.js";
import { checkedDataRecord } from "./checkedDataRecord.js";
import { crc32c } from "./crc32c.js";

const seal = /^,"crc32c":"([0-9a-f]{8})"\}\n$/;
const sealBytes = ',"crc32c":"01234567"}\n'.length;

export function encodeDataRecord(record: DataRecord): Buffer {
  const body = Buffer.from(JSON.stringify(record).slice(0, -1));
  return Buffer.concat([body, Buffer.from(`,"crc32c":"${checksumOf(body, body.length)}"}\n`)]);
}

/** @throws SyntaxError that names the file if it is cut, changed or something else, Error if a newer version wrote it */
export function decodeDataRecord(bytes: Buffer, file: string): DataRecord {
  const wrong = (why: string) =>
    new SyntaxError(`read ${file}: it must be the record of a run's data, but ${why}`);
  const end = Math.max(0, bytes.length - sealBytes);
  const [, checksum] = seal.exec(bytes.toString("latin1", end)) ?? [];
  if (checksum !== undefined && checksum !== checksumOf(bytes, end))
    throw wrong("its checksum is another: it was changed");
  const { crc32c: _, ...record } = checkedDataRecord(parsed(bytes, wrong), file) as DataRecord & {
    readonly crc32c?: string;
  };
  if (checksum === undefined && record.schemaVersion > 1)
    throw wrong("its checksum is not at its end: it was cut or changed");
  return record;
}

function parsed(bytes: Buffer, wrong: (why: string) => SyntaxError): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch (error) {
    throw wrong((error as Error).message);
  }
}

function checksumOf(bytes: Uint8Array, end: number): string {
  return crc32c(bytes, 0, end).toString(16).padStart(8, "0");
}
