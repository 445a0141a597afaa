/** What a run keeps of the data that it was trained with: `data.json` in its folder. */

/** Of the finite values; where there is none, mean, std, min and max are 0. */
export interface ValueStatistics {
  /** Finite values. */
  readonly count: number;
  readonly mean: number;
  /** Of the population: √(mean of squared deviations). */
  readonly std: number;
  readonly min: number;
  readonly max: number;
  /** Share of the finite values that are exactly 0. */
  readonly zeros: number;
  /** Values that are NaN or infinite. */
  readonly nonFinite: number;
}

export interface ColumnStatistics extends ValueStatistics {
  /** Place on the last axis: a column of a table, a channel of an image. */
  readonly column: number;
}

/** Invariant: `columns` are in the order of their places. */
export interface ValuesRecord {
  /** As the model's input or output is called where there are several. */
  readonly name?: string;
  /** Of one row. */
  readonly shape: readonly number[];
  /** Rows of the training split that the statistics are of. */
  readonly rows: number;
  /** Rows that the sample was drawn from, where not all were looked at. */
  readonly sampledFrom?: number;
  readonly all: ValueStatistics;
  readonly columns: readonly ColumnStatistics[];
  /** How many columns there are; of many those of the largest values are kept. */
  readonly columnCount: number;
}

/** How far the class settles what one value of a row is. */
export interface ClassDependence {
  /** Of the value in its row, flattened. */
  readonly position: number;
  /**
   * Correlation ratio η²: the share of the value's variance that lies between classes. 0: none; 1: within a class the value is
   * always the same.
   */
  readonly etaSquared: number;
}

export interface InputRecord extends ValuesRecord {
  /** The highest ones, of the first target with classes; none below a half. */
  readonly dependence: readonly ClassDependence[];
}

/** Rows of each class, in order of the labels. */
export interface ClassCounts {
  readonly train: readonly number[];
  readonly validation?: readonly number[];
  readonly test?: readonly number[];
}

export interface ClassesRecord {
  readonly kind: "classes";
  readonly name?: string;
  readonly classes: number;
  /** One a class, where they were given and are not the labels themselves. */
  readonly classNames?: readonly string[];
  /** Absent where there are too many classes. */
  readonly counts?: ClassCounts;
}

export type TargetRecord = ClassesRecord | ({ readonly kind: "values" } & ValuesRecord);

export const dataSchemaVersion = 2;

export interface DataRecord {
  readonly schemaVersion: number;
  readonly dataset: string;
  /** Rows of each split. */
  readonly sizes: Readonly<Partial<Record<SplitName, number>>>;
  /** In the order of the model's inputs. */
  readonly inputs: readonly InputRecord[];
  readonly targets: readonly TargetRecord[];
  /** Why there are no hashes of rows, where there are none. */
  readonly noHashes?: string;
}

export const splitNames = ["train", "validation", "test"] as const;

export type SplitName = (typeof splitNames)[number];

/** 64 bits a row: entries 2i and 2i + 1 are the low and the high half of row i's. */
export type RowHashes = Readonly<Partial<Record<SplitName, Uint32Array>>>;
