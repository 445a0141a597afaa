"""Markdown as TensorBoard 2.21 shows it. Writes tensorboard_texts.json beside itself."""

import json
from pathlib import Path

from tensorboard import plugin_util

texts = [
    "# Title\n\nThe **rate** was *halved* at `step` 3:\nwe saw it too late.\n\n## Why\n\nIt rose.",
    "- one\n- two with `code`\n\nbetween\n\n1. first\n2. second",
    "| layer | share |\n|---|---|\n| dense | 0.5 |\n| a & b | <1 |",
    "before\n\n```ts\nconst x = 1 < 2;\n\n// **not bold**\n```\n\nafter",
    "> said\n\n---\n\nan [address](https://example.com/a?b=c&d=e) and one by [name][1]\n\n[1]: http://example.com",
    'raw <b onclick="x()">HTML</b> and <script>window.attacked = 1</script>',
    "a line that ends hard  \nand goes on; \\*no emphasis\\*",
    "Zeichen: äöü, 学, 😀 & &amp; \"quoted\"",
]
found = [{"text": text, "html": plugin_util.markdown_to_safe_html(text)} for text in texts]
(Path(__file__).parent / "tensorboard_texts.json").write_text(json.dumps(found, indent=1) + "\n")
