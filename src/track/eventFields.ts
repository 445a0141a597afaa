/**
 * Field numbers of TensorFlow's event.proto, summary.proto and tensor.proto, and one of ours.
 */

export const event = { wallTime: 1, step: 2, fileVersion: 3, graph: 4, summary: 5 } as const;

export const summary = { value: 1 } as const;

export const value = {
  tag: 1,
  simpleValue: 2,
  /** As TensorFlow 1 wrote pictures and sound, and PyTorch still does. */
  image: 4,
  histogram: 5,
  audio: 6,
  tensor: 8,
  metadata: 9,
  /** Ours: the scalar as float64, written where float32 would lose digits. TensorBoard skips it. */
  exact: 1001,
  /** Ours: of how many entries those counted by a histogram are a sample. TensorBoard shows the description instead. */
  sampledFrom: 1002,
  /** Ours: a table as JSON, beside the Markdown that TensorBoard shows. */
  table: 1003,
  /** Ours: an evaluation as JSON, beside the Markdown that TensorBoard shows. */
  evaluation: 1004,
} as const;

export const metadata = { pluginData: 1, description: 3, dataClass: 4 } as const;

export const pluginData = { name: 1, content: 2 } as const;

export const tensor = { dtype: 1, shape: 2, content: 4, floats: 5, doubles: 6, strings: 8 } as const;

/** Tensor shapes: `TensorShapeProto.dim` and `Dim.size`. */
export const shape = { dimension: 2, size: 1 } as const;

/** The histogram of TensorFlow 1, which PyTorch still writes. */
export const oldHistogram = { min: 1, max: 2, limits: 6, counts: 7 } as const;

export const dataType = { float: 1, double: 2, string: 7 } as const;

/** TensorFlow 1's `Summary.Image` and `Summary.Audio`. */
export const oldImage = { height: 1, width: 2, content: 4 } as const;
export const oldAudio = { sampleRate: 1, content: 4 } as const;

/** `DataClass` of summary.proto. `blobs`: a list of whole files, such as pictures. */
export const dataClass = { scalar: 1, tensor: 2, blobs: 3 } as const;

export const fileVersion = "brain.Event:2";

/** First bytes of a plain scalar's fields as protobuf writes them: the field's number and the wire type of its value. */
export const scalarKey = {
  wallTime: event.wallTime * 8 + 1,
  step: event.step * 8,
  summary: event.summary * 8 + 2,
  value: summary.value * 8 + 2,
  tag: value.tag * 8 + 2,
  float: value.simpleValue * 8 + 5,
  /** The only one of two bytes. */
  exact: value.exact * 8 + 1,
} as const;
