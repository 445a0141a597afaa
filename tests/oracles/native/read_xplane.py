"""Prints a profile as Protocol Buffers and TensorFlow's own description of the format read it, as JSON.

python read_xplane.py FILE.xplane.pb, with TensorFlow's wheel, which is not loaded.
"""

import importlib.util
import json
import pathlib
import sys

(package,) = importlib.util.find_spec("tensorflow").submodule_search_locations
path = pathlib.Path(package) / "tsl/profiler/protobuf/xplane_pb2.py"
spec = importlib.util.spec_from_file_location("xplane_pb2", path)
xplane_pb2 = importlib.util.module_from_spec(spec)
spec.loader.exec_module(xplane_pb2)

space = xplane_pb2.XSpace()
space.ParseFromString(pathlib.Path(sys.argv[1]).read_bytes())


def stats(plane, given):
    """Texts are kept once in the table of the stats' names."""
    read = {}
    for stat in given:
        value = getattr(stat, stat.WhichOneof("value"))
        if stat.WhichOneof("value") == "ref_value":
            value = plane.stat_metadata[value].name
        read[plane.stat_metadata[stat.metadata_id].name] = value
    return read


def event(plane, one):
    metadata = plane.event_metadata[one.metadata_id]
    return {
        "name": metadata.name,
        "shown": metadata.display_name,
        "offset_ps": one.offset_ps,
        "duration_ps": one.duration_ps,
        "stats": stats(plane, one.stats),
    }


json.dump(
    {
        "hosts": list(space.hostnames),
        "planes": [
            {
                "name": plane.name,
                # As text: nanoseconds since 1970 are beyond what JSON's readers hold.
                "stats": {name: str(value) for name, value in stats(plane, plane.stats).items()},
                "lines": [
                    {
                        "name": line.name,
                        "timestamp_ns": line.timestamp_ns,
                        "events": [event(plane, one) for one in line.events],
                    }
                    for line in plane.lines
                ],
            }
            for plane in space.planes
        ],
    },
    sys.stdout,
)
