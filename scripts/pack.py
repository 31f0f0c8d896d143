#!/usr/bin/env python3
"""Packs dist/ for the two stores, byte for byte the same from the same files, and prints the sizes.

usage: pack.py DIST OUT
"""
import gzip
import json
import sys
import zipfile
from pathlib import Path

AIMS = {"raw": 1_300_000, "gzip": 400_000}  # bytes, of all files together
EPOCH = (2000, 1, 1, 0, 0, 0)  # the files carry no date of the machine that packed them


def main(dist: Path, out: Path) -> int:
    files = sorted(p for p in dist.rglob("*") if p.is_file() and not p.name.endswith(".d.ts"))
    version = json.loads((dist / "manifest.json").read_text(encoding="utf-8"))["version"]
    out.mkdir(exist_ok=True)
    for name in (f"cookie-charter-{version}-chrome.zip", f"cookie-charter-{version}-firefox.xpi"):
        with zipfile.ZipFile(out / name, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
            for path in files:
                entry = zipfile.ZipInfo(path.relative_to(dist).as_posix(), EPOCH)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = 0o644 << 16
                package.writestr(entry, path.read_bytes(), compresslevel=9)
        print(f"{out / name}  {(out / name).stat().st_size:,} bytes")
    raw = sum(p.stat().st_size for p in files)
    packed = sum(len(gzip.compress(p.read_bytes(), 9, mtime=0)) for p in files)
    wasm = (dist / "core" / "core_bg.wasm").stat().st_size
    print(f"{len(files)} files, {raw:,} bytes raw (core {wasm:,}), {packed:,} bytes gzipped")
    for name, bytes_ in (("raw", raw), ("gzip", packed)):
        if bytes_ > AIMS[name]:
            print(f"{name}: {bytes_ / AIMS[name]:.2f} times the aim of {AIMS[name]:,} bytes")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
