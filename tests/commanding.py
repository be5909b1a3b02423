"""The command line as its users have it: run inside this process for an answer, or beside it to be stopped."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from click.testing import CliRunner, Result

from engine.cli import janji
from tests.builders import ROOT

PATIENCE_S = 120


def run(*words: str | Path, env: Mapping[str, str] | None = None, typed: str = "") -> Result:
    """What `janji <words>` answers. An error that is no refusal is raised as it is."""
    result = CliRunner().invoke(janji, [str(word) for word in words], env=dict(env or {}), input=typed)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        return int(door.getsockname()[1])


def page(port: int, path: str) -> str:
    """A page of a server on this machine."""
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE_S) as answer:
        return answer.read().decode()


class Running:
    """`janji <words>` in a process of its own, until told to stop."""

    def __init__(self, words: Sequence[str | Path], env: Mapping[str, str] | None = None) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "engine", *map(str, words)],
            cwd=ROOT,
            env={**os.environ, **(env or {})},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""

    def until(self, words: str) -> str:
        """Everything it says up to the line that holds `words`. Fails when it ends, or takes too long, before that."""
        patience = threading.Timer(PATIENCE_S, self._process.kill)
        patience.start()
        for line in self._process.stdout:  # type: ignore[union-attr]
            self.said += line
            if words in line:
                break
        patience.cancel()
        assert words in self.said, f"it never said {words!r}:\n{self.said}"
        return self.said

    def stop(self) -> int:
        """Ask it to end, as a service manager does; its exit status."""
        self._process.send_signal(signal.SIGTERM)
        rest, _ = self._process.communicate(timeout=PATIENCE_S)
        self.said += rest
        return self._process.returncode

    def end(self) -> None:
        """Make sure that nothing is left behind."""
        if self._process.poll() is None:
            self._process.kill()
            self._process.communicate()
