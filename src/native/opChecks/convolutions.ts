/** oneDNN's kernels look up channels, sizes and steps in shapes and lists whose length they do not look at. */
import { all, type OpCheck, perAxis, ranks, sizes } from "./opCheck.js";

const steps2d = perAxis(4, "strides", "dilations");
const steps3d = perAxis(5, "strides", "dilations");

export const convolutions: Readonly<Record<string, OpCheck>> = {
  Conv2D: all(ranks(4, 4), steps2d),
  _FusedConv2D: all(ranks(4, 4), steps2d),
  Conv2DBackpropInput: all(ranks(1, 4, 4), sizes(0, 4), steps2d),
  Conv2DBackpropFilter: all(ranks(4, 1, 4), sizes(1, 4), steps2d),
  DepthwiseConv2dNative: all(ranks(4, 4), steps2d),
  _FusedDepthwiseConv2dNative: all(ranks(4, 4), steps2d),
  DepthwiseConv2dNativeBackpropInput: all(ranks(1, 4, 4), sizes(0, 4), steps2d),
  DepthwiseConv2dNativeBackpropFilter: all(ranks(4, 1, 4), sizes(1, 4), steps2d),
  Conv3D: all(ranks(5, 5), steps3d),
  Conv3DBackpropInputV2: all(ranks(1, 5, 5), sizes(0, 5), steps3d),
  Conv3DBackpropFilterV2: all(ranks(5, 1, 5), sizes(1, 5), steps3d),
};
