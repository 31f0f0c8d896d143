#!/usr/bin/env python3
"""Starts the demo portal: makes its virtual environment when missing, then runs server.py in it.

python3 tests/portal/serve.py [--mode leaky] [--port N]   one JSON line on stdout when it accepts connections
python3 tests/portal/serve.py --check                     its own quick tests
"""

import argparse
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from sites import SITES

HERE = Path(__file__).resolve().parent
REQUIREMENTS = HERE / "requirements.txt"


def default_venv():
    """Named after what is in it, so that changed requirements or another Python get a fresh one."""
    content = REQUIREMENTS.read_bytes() + sys.version.encode()
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "cookie-charter" / f"portal-{hashlib.sha256(content).hexdigest()[:12]}"


def parse(argv=None):
    parser = argparse.ArgumentParser(description="The demo portal of Cookie Charter: a Django site on loopback.")
    parser.add_argument("--check", action="store_true", help="run the portal's own tests instead of serving")
    parser.add_argument("--install", action="store_true", help="only make the virtual environment")
    parser.add_argument("--mode", choices=SITES, default="plain", help="the site that `portal` names in the JSON line; all are served (default: plain)")
    parser.add_argument("--port", type=int, default=0, help="port on 127.0.0.1 (default: a free one)")
    parser.add_argument("--hosts", nargs="+", default=[], metavar="NAME", help="further host names that play the plain portal, such as localhost")
    parser.add_argument("--with-parent", action="store_true", help="also stop when the process that started this ends, however it ends")
    parser.add_argument("--venv", type=Path, default=default_venv(), metavar="DIR", help="virtual environment to use, made when missing (default: in the cache folder)")
    parser.add_argument("--log", type=Path, metavar="FILE", help="where Django logs (default: a temporary file)")
    parser.add_argument("--requests", type=Path, metavar="FILE", help="where one JSON line per request goes (default: a temporary file)")
    return parser.parse_args(argv)


def run(command):
    """True when the command succeeds; what it says goes to stderr, stdout being for the JSON line."""
    return subprocess.run(command, stdout=sys.stderr, check=False).returncode == 0


def make_venv(venv):
    """A complete environment at `venv`, or one plain sentence. Two starts at once wait for each other."""
    done, content = venv / "portal-requirements", REQUIREMENTS.read_text(encoding="utf-8")
    venv.parent.mkdir(parents=True, exist_ok=True)
    with open(f"{venv}.lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if done.exists() and done.read_text(encoding="utf-8") == content:
            return
        if venv.exists() and any(venv.iterdir()) and not (venv / "pyvenv.cfg").exists():
            sys.exit(f"{venv} holds something other than a virtual environment: name another folder with --venv.")
        print(f"portal: installing Django in {venv}", file=sys.stderr)
        made = run([sys.executable, "-m", "venv", str(venv)])
        if not made and shutil.which("virtualenv"):
            made = run(["virtualenv", "--quiet", "--python", sys.executable, str(venv)])
        if not made:
            sys.exit("The portal needs Python's venv module: on Debian, run `apt install python3-venv`, then start again.")
        pip = [str(venv / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--force-reinstall"]
        if not run(pip + ["--only-binary", ":all:", "--require-hashes", "-r", str(REQUIREMENTS)]):
            sys.exit("Django could not be installed from PyPI: check the network, then start again.")
        done.write_text(content, encoding="utf-8")


def main():
    options = parse()
    if sys.version_info < (3, 11):
        sys.exit("The portal needs Python 3.11 or later.")
    if not shutil.which("openssl"):
        sys.exit("The portal needs the openssl command: on Debian, run `apt install openssl`, then start again.")
    make_venv(options.venv)
    if not options.install:
        python = str(options.venv / "bin/python")
        script = "check.py" if options.check else "server.py"
        # exec keeps the process id: who started this may stop the server by it. -B leaves no cache files here.
        os.execv(python, [python, "-B", str(HERE / script), *sys.argv[1:]])


if __name__ == "__main__":
    main()
