/** What a page shows better than as a chart: a table that can be marked and copied, sounds that can be played. */
import type { Table } from "../base/table.js";

export type CardContent = TableContent | SoundsContent;

interface CardFacts {
  readonly title: string;
  /** What is left out. */
  readonly note: string | undefined;
}

export interface TableContent extends CardFacts {
  readonly kind: "table";
  readonly table: Table;
}

export interface SoundsContent extends CardFacts {
  readonly kind: "sounds";
  readonly sounds: readonly {
    readonly name: string;
    readonly facts: string;
    /** A `data:` address; undefined for what cannot be played. */
    readonly address: string | undefined;
  }[];
}
