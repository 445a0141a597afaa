"""Validates messages, one JSON object a line on stdin, by the schemas of jupyter_kernel_test. Prints what is wrong."""

import json
import sys

from jupyter_kernel_test.msgspec_v5 import schema_fragments, validate_message
from jsonschema import ValidationError

validated = 0
for line in sys.stdin:
    message = json.loads(line)
    kind = message["header"]["msg_type"]
    # input_request's schema wants the boolean `password` to be a number.
    if kind not in schema_fragments or kind == "input_request":
        continue
    try:
        validate_message(message, kind, message["parent_header"].get("msg_id"))
        validated += 1
    except ValidationError as error:
        print(f"{kind}: {error.message}: {line[:300]}", file=sys.stderr)
print(validated)
