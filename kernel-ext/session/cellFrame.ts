/** The place in a cell that a line of a stack names, such as `cell-3.ts:1:5`: cell, line, column. Cells not counted are below 0. */
export const cellFrame = /\bcell-(-?\d+)\.tsx?:(\d+):(\d+)/;
