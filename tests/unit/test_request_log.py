"""The log of requests: what it holds, and what it never does."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest

from api.request_log import LOGGER, RequestLogError, log_requests
from tests.unit.allegro.script import ME, MESSAGE, TEXT, TOKEN, Script, answer, refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    logger = logging.getLogger(LOGGER)
    before = logger.level, logger.propagate, list(logger.handlers)
    path = tmp_path / "requests.log"
    log_requests(path)
    yield path
    for handler in set(logger.handlers) - set(before[2]):
        handler.close()
    logger.level, logger.propagate, logger.handlers[:] = before[0], before[1], before[2]


async def test_a_line_a_request(log: Path) -> None:
    """Method, path, outcome, Trace-Id and milliseconds stand there; the token and the text do not."""
    script = Script(answer(MESSAGE), refusal(403, user_message=TEXT))
    async with script.client() as allegro:
        await allegro.messaging.reply(ME, "t1", TEXT)
        with pytest.raises(Exception, match="403"):
            await allegro.messaging.messages(ME, "t1", cursor="secret-cursor")
    first, second = lines(log)
    assert " POST /messaging/threads/t1/messages 200 trace-1 " in first
    assert " GET /messaging/threads/t1/messages 403 trace-1 " in second
    for secret in (TOKEN, TEXT, "secret-cursor"):
        assert secret not in first + second


def lines(log: Path) -> list[str]:
    """What was written, after a look at who may read it."""
    assert log.stat().st_mode & 0o077 == 0
    return log.read_text(encoding="utf-8").splitlines()


def test_a_file_that_cannot_be_written(tmp_path: Path) -> None:
    """The error names the file and the reason."""
    with pytest.raises(RequestLogError, match=r"requests\.log.*No such file"):
        log_requests(tmp_path / "missing" / "requests.log")
