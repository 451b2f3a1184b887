"""A log of the requests to Allegro, kept only when somebody asks for it.

A line is a time, a method, a path without its query, the answer's status (or what went wrong), Allegro's
Trace-Id and the milliseconds. It never holds a token, a header, a body or the text of a message.
"""

from __future__ import annotations

import logging
import os
from typing import TYPE_CHECKING

from api import clock

if TYPE_CHECKING:
    from io import TextIOWrapper
    from pathlib import Path

LOGGER = "okienko.allegro"


class RequestLogError(OSError):
    """The file cannot be written; the text says which and why."""


class _Lines(logging.FileHandler):
    def _open(self) -> TextIOWrapper:
        opened = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(opened, "a", encoding="utf-8", buffering=1)

    def format(self, record: logging.LogRecord) -> str:
        return f"{clock.now().isoformat(timespec='milliseconds')} {record.getMessage()}"


def log_requests(path: Path) -> None:
    """Append a line to a file of the seller's for each request from now on; nobody else may read it.

    Raises RequestLogError.
    """
    try:
        lines = _Lines(path)
    except OSError as error:
        raise RequestLogError(f"{path}: the log of requests cannot be written ({error.strerror})") from error
    logger = logging.getLogger(LOGGER)
    logger.addHandler(lines)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
