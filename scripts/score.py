#!/usr/bin/env python3
"""Reads every charter of a folder with the native command and scores the readings against their truth.

usage: score.py DIR [score.py options such as --list]

DIR holds <id>/charter.<ext>, <id>/truth.json and score.py, which does the counting. Its five categories are fewer than ours.
"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

COMMAND = Path(__file__).resolve().parent.parent / "target" / "release" / "cookie-charter"
CATEGORIES = {
    "security": "necessary", "preferences": "functional", "personalisation": "functional",
    "advertising": "marketing", "social_embed": "social",
}


def main(root: Path, options: list[str]) -> int:
    documents = sorted(root.glob("*/charter.*"))
    if not documents:
        sys.exit(f"{root} holds no <id>/charter.<ext>. Give a folder of that shape.")
    with tempfile.TemporaryDirectory() as out:
        for document in documents:
            run = subprocess.run([COMMAND, "read", document], capture_output=True, text=True)
            if run.returncode:
                print(f"{document}: {run.stderr.strip()}", file=sys.stderr)
                continue
            reading = json.loads(run.stdout)
            for declaration in reading["declarations"]:
                declaration["category"] = CATEGORIES.get(declaration["category"], declaration["category"])
            Path(out, document.parent.name + ".json").write_text(json.dumps(reading), encoding="utf-8")
        return subprocess.run([sys.executable, root / "score.py", root, out, *options]).returncode


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
