"""How many float64 numbers pandas reads otherwise than they are written, with and without float_precision="round_trip".

Run with each pandas that the documents name. As of November 2026, of 400,000 numbers:

    2.3.3   default 116060   round_trip 0
    3.0.0   default 116060   round_trip 0
    3.1.1   default 0        round_trip 0, which warns that the option is deprecated
"""

import io
import math
import random
import struct
import warnings

import pandas

source = random.Random(7)
numbers = []
while len(numbers) < 200_000:
    number = struct.unpack("<d", struct.pack("<Q", source.getrandbits(64)))[0]
    if math.isfinite(number):
        numbers.append(number)
numbers += [source.random() for _ in range(100_000)] + [source.uniform(-1e3, 1e3) for _ in range(100_000)]
# As the shortest text that reads as the number again, which JavaScript writes too.
text = "value\n" + "".join(f"{number!r}\n" for number in numbers)

print(pandas.__version__)
for options in ({}, {"float_precision": "round_trip"}):
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        read = pandas.read_csv(io.StringIO(text), **options)["value"].tolist()
    print(options, sum(a != b for a, b in zip(read, numbers)), [str(one.message) for one in said])
