/** oneDNN's kernels look up channels and sizes in shapes whose rank they do not look at. */
import { all, type OpCheck, ranks, sizes } from "./opCheck.js";

export const convolutions: Readonly<Record<string, OpCheck>> = {
  Conv2D: ranks(4, 4),
  _FusedConv2D: ranks(4, 4),
  Conv2DBackpropInput: all(ranks(1, 4, 4), sizes(0, 4)),
  Conv2DBackpropFilter: all(ranks(4, 1, 4), sizes(1, 4)),
  DepthwiseConv2dNative: ranks(4, 4),
  _FusedDepthwiseConv2dNative: ranks(4, 4),
  DepthwiseConv2dNativeBackpropInput: all(ranks(1, 4, 4), sizes(0, 4)),
  DepthwiseConv2dNativeBackpropFilter: all(ranks(4, 1, 4), sizes(1, 4)),
  Conv3D: ranks(5, 5),
  Conv3DBackpropInputV2: all(ranks(1, 5, 5), sizes(0, 5)),
  Conv3DBackpropFilterV2: all(ranks(5, 1, 5), sizes(1, 5)),
};
