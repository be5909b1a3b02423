"""Starts Janji from a fresh clone with Python alone: `python3 engine demo`, `python3 engine test`.

Run as a folder, this file imports nothing of the package: it makes `.venv` beside it, installs the project into it
once per state of pyproject.toml and uv.lock, and goes on inside. Knows only the standard library.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import urllib.parse
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
LEAST = (3, 11)


def main(arguments: list[str]) -> None:
    """Set up if needed, then become pytest for `test`, and the command line of Janji for anything else."""
    if sys.version_info < LEAST:
        sys.exit(f"Janji needs Python {LEAST[0]}.{LEAST[1]} or newer; this is {sys.version.split()[0]}.")
    testing = arguments[:1] == ["test"]
    python = prepare(testing)
    command = ["-m", "pytest", *arguments[1:]] if testing else ["-m", "engine", *arguments]
    os.chdir(ROOT)
    os.execv(python, [str(python), *command])


def prepare(testing: bool) -> Path:
    """The Python of a virtual environment that holds the project, with the test tools if they are wanted."""
    python = VENV / "bin" / "python"
    stamp = VENV / f"janji-{'test' if testing else 'run'}.stamp"
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes() + (ROOT / "uv.lock").read_bytes()).hexdigest()
    if python.exists() and stamp.exists() and stamp.read_text() == wanted:
        return python
    print("Setting up Janji in .venv (once) …", file=sys.stderr, flush=True)
    (_with_uv if shutil.which("uv") else _with_pip)(testing)
    stamp.write_text(wanted)
    return python


def _with_uv(testing: bool) -> None:
    groups = ["--group", "dev"] if testing else ["--no-dev"]
    subprocess.run(["uv", "sync", "--quiet", "--frozen", "--inexact", *groups], cwd=ROOT, check=True)


def _with_pip(testing: bool) -> None:
    _make_venv()
    pip = _pip()
    tools = _dev_tools() if testing else []
    subprocess.run([*pip, "install", "--quiet", "--editable", str(ROOT), *tools], check=True)


def _make_venv() -> None:
    if (VENV / "bin" / "python").exists():
        return
    made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], capture_output=True)
    if made.returncode:
        # Debian without python3-venv has no ensurepip: pip's own wheel then does its work from outside.
        shutil.rmtree(VENV, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(VENV)], check=True)


def _pip() -> list[str]:
    python = str(VENV / "bin" / "python")
    if not subprocess.run([python, "-m", "pip", "--version"], capture_output=True).returncode:
        return [python, "-m", "pip"]
    wheel = VENV / "pip.whl"
    index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/")
    about = urllib.parse.urljoin(index + "/", "../pypi/pip/json")
    with urllib.request.urlopen(about) as answer:
        files = json.load(answer)["urls"]
    address = next(f["url"] for f in files if f["packagetype"] == "bdist_wheel")
    with urllib.request.urlopen(urllib.parse.urljoin(about, address)) as answer:
        wheel.write_bytes(answer.read())
    return [python, f"{wheel}/pip"]


def _dev_tools() -> list[str]:
    import tomllib

    groups = tomllib.loads((ROOT / "pyproject.toml").read_text())["dependency-groups"]
    return list(groups["dev"])


if __name__ == "__main__":
    if __package__:
        from .cli import main as janji

        janji()
    else:
        sys.path.pop(0)
        main(sys.argv[1:])
