"""Prism (npm: @stoplight/prism-cli): a mock server that nobody here wrote, fed with Allegro's OpenAPI file.

To have it: `make prism`, and the file beside the repository (see `tests/contract/openapi.py`).
"""

from __future__ import annotations

import contextlib
import shutil
import socket
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.contract.openapi import OPENAPI_FILE

if TYPE_CHECKING:
    from collections.abc import Iterator

_LOCAL = Path(__file__).parents[1] / ".prism" / "node_modules" / ".bin" / "prism"
_PRISM = shutil.which("prism") or (str(_LOCAL) if _LOCAL.exists() else None)

needs_prism = [
    pytest.mark.needs_prism,
    pytest.mark.needs_openapi,
    pytest.mark.skipif(_PRISM is None, reason="no prism in PATH nor in .prism (make prism)"),
    pytest.mark.skipif(not OPENAPI_FILE.exists(), reason=f"no {OPENAPI_FILE.name} beside the repository"),
]


@contextlib.contextmanager
def prism() -> Iterator[str]:
    """A running Prism; gives the root of its API."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(_PRISM), "mock", "-p", str(port), "-h", "127.0.0.1", str(OPENAPI_FILE)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        said: list[str] = []
        for line in process.stdout:
            said.append(line)
            if "Prism is listening" in line:
                break
        else:
            pytest.fail("prism did not start:\n" + "".join(said[-20:]))
        yield f"http://127.0.0.1:{port}"
        process.terminate()
        process.stdout.read()
