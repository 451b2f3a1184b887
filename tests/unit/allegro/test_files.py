"""Files from Allegro onto the disk."""

from __future__ import annotations

import asyncio
import errno
import os
import stat
from typing import TYPE_CHECKING

import httpx
import pytest

from api.allegro import errors
from api.allegro.call import Call, Scope
from api.allegro.files import save_file
from tests.unit.allegro.script import Script, refusal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from api.allegro.files import Progress

FILE = Call("GET", "/messaging/message-attachments/a1", None, Scope.MESSAGING)
LIMIT = 1000


class Parts(httpx.AsyncByteStream):
    """A body in parts; `at_end` is raised (or waited for) instead of its end."""

    def __init__(self, *parts: bytes, at_end: Exception | asyncio.Event | None = None) -> None:
        self._parts = parts
        self._at_end = at_end

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self._parts:
            yield part
        if isinstance(self._at_end, Exception):
            raise self._at_end
        if self._at_end is not None:
            await self._at_end.wait()


def body(*parts: bytes, at_end: Exception | asyncio.Event | None = None, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.Response(200, stream=Parts(*parts, at_end=at_end), headers=named)


def inside(folder: Path) -> list[Path]:
    return list(folder.iterdir())


async def save(
    script: Script,
    folder: Path,
    name: str = "faktura.pdf",
    progress: Progress | None = None,
    limit: int = LIMIT,
) -> Path:
    async with script.client() as allegro:
        return await save_file(allegro, FILE, folder, name, limit=limit, progress=progress)


async def test_a_file_is_kept_for_its_owner_alone(tmp_path: Path) -> None:
    """Whole, mode 0600, and nothing else is left in the folder."""
    path = await save(Script(body(b"%PDF", b"-1.7")), tmp_path)
    assert path == tmp_path / "faktura.pdf"
    assert path.read_bytes() == b"%PDF-1.7"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert inside(tmp_path) == [path]


async def test_progress_is_told_in_bytes(tmp_path: Path) -> None:
    """With the size of the whole where Allegro tells it."""
    told: list[tuple[int, int | None]] = []
    await save(
        Script(body(b"abcd", b"ef", Content_Length="6")),
        tmp_path,
        progress=lambda done, total: told.append((done, total)),
    )
    assert told == [(0, None), (4, 6), (6, 6)]


async def test_the_size_of_a_packed_file_is_not_known(tmp_path: Path) -> None:
    """The length of the answer is another one: a bar would run past its end."""
    told: list[tuple[int, int | None]] = []
    packed = httpx.Response(200, content=b"abc", headers={"Content-Encoding": "identity"})
    await save(Script(packed), tmp_path, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (3, None)


async def test_a_download_that_breaks_off_begins_anew(tmp_path: Path) -> None:
    """Nothing of the first half stands in the file."""
    script = Script(body(b"a longer half", at_end=httpx.ReadError("cut")), body(b"whole"))
    assert (await save(script, tmp_path)).read_bytes() == b"whole"


async def test_no_file_is_overwritten(tmp_path: Path) -> None:
    """Nor a link, wherever it leads; the next free number is taken."""
    (tmp_path / "faktura.pdf").write_bytes(b"mine")
    (tmp_path / "faktura (2).pdf").symlink_to(tmp_path / "nowhere")
    (tmp_path / "faktura (3).pdf").mkdir()
    path = await save(Script(body(b"new")), tmp_path)
    assert path.name == "faktura (4).pdf"
    assert (tmp_path / "faktura.pdf").read_bytes() == b"mine"
    assert not (tmp_path / "nowhere").exists()


async def test_many_files_of_one_name_at_once(tmp_path: Path) -> None:
    """Each finds its own place."""
    paths = await asyncio.gather(*(save(Script(body(str(number).encode())), tmp_path) for number in range(8)))
    assert len(set(paths)) == 8
    assert sorted(path.read_bytes() for path in inside(tmp_path)) == [
        str(number).encode() for number in range(8)
    ]


@pytest.mark.parametrize("name", ["../../evil.pdf", "/etc/passwd", ".hidden", "a/../../b"])
async def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    """Nor hides in it."""
    folder = tmp_path / "inner"
    folder.mkdir()
    path = await save(Script(body(b"x")), folder, name)
    assert path.parent == folder
    assert not path.name.startswith(".")
    assert inside(tmp_path) == [folder]


@pytest.mark.parametrize("status", [500, 503])
async def test_trouble_at_allegro_says_to_try_later(tmp_path: Path, status: int) -> None:
    """As in production (#13153), and leaves nothing."""
    with pytest.raises(errors.Outage, match="try again in a few minutes"):
        await save(Script(refusal(status)), tmp_path)
    assert inside(tmp_path) == []


async def test_a_page_for_a_browser_is_no_file(tmp_path: Path) -> None:
    """A portal that asks for a password answers 200."""
    portal = httpx.Response(200, html="<h1>Log in</h1>")
    with pytest.raises(errors.Outage):
        await save(Script(portal), tmp_path)
    assert inside(tmp_path) == []


async def test_a_file_above_the_limit_leaves_nothing(tmp_path: Path) -> None:
    """However much the server would go on to send."""
    with pytest.raises(errors.Undecodable, match="larger than 1,000 bytes"):
        await save(Script(body(b"x" * 999, b"yy")), tmp_path)
    assert inside(tmp_path) == []


async def test_a_cancelled_download_leaves_nothing(tmp_path: Path) -> None:
    """Half a file may not look like a whole one."""
    begun, never = asyncio.Event(), asyncio.Event()

    def seen(done: int, _total: int | None) -> None:
        if done:
            begun.set()

    task = asyncio.create_task(save(Script(body(b"half", at_end=never)), tmp_path, progress=seen))
    await begun.wait()
    assert len(inside(tmp_path)) == 1
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert inside(tmp_path) == []


async def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    """Before anything is asked for."""
    script = Script(body(b"x"))
    with pytest.raises(errors.FileNotSaved, match=r"cannot write into .*missing.*choose another folder"):
        await save(script, tmp_path / "missing")
    assert script.requests == []


@pytest.mark.parametrize("broken", ["write", "fsync", "replace"])
async def test_a_full_disk_is_told_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, broken: str
) -> None:
    """And is not taken for trouble of the network, which would be repeated."""

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    script = Script(body(b"x"))
    monkeypatch.setattr(os, broken, full)
    with pytest.raises(errors.FileNotSaved, match="No space left on device"):
        await save(script, tmp_path)
    monkeypatch.undo()
    assert len(script.requests) == 1
    assert inside(tmp_path) == []


async def test_progress_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """The error is the caller's own."""

    def wrong(done: int, _total: int | None) -> None:
        if done:
            raise KeyError(done)

    with pytest.raises(KeyError):
        await save(Script(body(b"x")), tmp_path, progress=wrong)
    assert inside(tmp_path) == []
