"""Files before they are sent: types by content, sizes, names, and what cannot be read."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.allegro import errors
from api.allegro.outgoing_file import MAX_SIZE, OutgoingFile, read_outgoing
from api.allegro.signatures import HEAD, kind_of

if TYPE_CHECKING:
    from pathlib import Path

BITMAP = b"BM" + bytes(12) + (40).to_bytes(4, "little") + bytes(20)
FILES = {
    "image/png": b"\x89PNG\r\n\x1a\n" + bytes(30),
    "image/gif": b"GIF89a" + bytes(30),
    "image/bmp": BITMAP,
    "image/tiff": b"II*\x00" + bytes(30),
    "image/jpeg": b"\xff\xd8\xff\xe0" + bytes(30),
    "application/pdf": b"%PDF-1.7\n" + bytes(30),
}
PNG, PDF = FILES["image/png"], FILES["application/pdf"]


@pytest.mark.parametrize(
    ("mime", "content"), [*FILES.items(), ("image/gif", b"GIF87a"), ("image/tiff", b"MM\x00*")]
)
def test_the_six_types_are_known_by_their_bytes(mime: str, content: bytes) -> None:
    """The name is not asked."""
    kind = kind_of(content)
    assert kind is not None
    assert kind.mime == mime


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"BM is how this text begins, and it is no picture",
        b"MZ\x90\x00",
        b"\x7fELF",
        b"#!/bin/sh\n",
        b"<svg xmlns=",
        b"PK\x03\x04",
        b"RIFF\x00\x00\x00\x00WEBP",
        b"junk %PDF-1.7",
        b"GIF90a",
        b"\x00\x00\x00\x18ftypheic",
    ],
)
def test_everything_else_is_none_of_them(content: bytes) -> None:
    """Programs, archives, scripts, newer pictures, a PDF inside of something else."""
    assert kind_of(content) is None
    with pytest.raises(errors.FileRefused):
        OutgoingFile.of("invoice.pdf", content)


@given(content=st.binary(max_size=64))
def test_the_head_is_enough(content: bytes) -> None:
    """What follows after the first bytes changes nothing."""
    assert kind_of(content[:HEAD]) == kind_of(content)


def test_a_file_is_read_with_its_type_and_a_safe_name(tmp_path: Path) -> None:
    """The ending follows the bytes."""
    path = tmp_path / "-faktura.png"
    path.write_bytes(PDF)
    file = read_outgoing(path)
    assert (file.name, file.mime, file.content) == ("_-faktura.png.pdf", "application/pdf", PDF)
    assert "PDF-1.7" not in repr(file)


def test_the_largest_file_is_taken_and_one_byte_more_is_not(tmp_path: Path) -> None:
    """Both figures are told."""
    path = tmp_path / "a.png"
    path.write_bytes(PNG.ljust(MAX_SIZE, b"\x00"))
    assert len(read_outgoing(path).content) == MAX_SIZE
    path.write_bytes(PNG.ljust(MAX_SIZE + 1, b"\x00"))
    with pytest.raises(errors.FileTooLarge, match="5,242,881 bytes and Allegro takes 5,242,880") as caught:
        read_outgoing(path)
    assert caught.value.limit == MAX_SIZE
    with pytest.raises(errors.FileTooLarge):
        OutgoingFile.of("a.png", PNG.ljust(MAX_SIZE + 1, b"\x00"))


def test_an_empty_file_says_so(tmp_path: Path) -> None:
    """It is not a type that Allegro does not take."""
    (tmp_path / "a.png").touch()
    with pytest.raises(errors.FileEmpty, match=r"a\.png: the file is empty"):
        read_outgoing(tmp_path / "a.png")


def test_what_is_no_readable_file_says_so(tmp_path: Path) -> None:
    """A missing file, a folder, a pipe (which is not waited for), a socket, an impossible name."""
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        for name in ("missing", ".", "pipe", "socket", "a\x00b"):
            with pytest.raises(errors.FileUnreadable, match="choose another file"):
                read_outgoing(tmp_path / name)


def test_the_name_in_an_error_is_safe() -> None:
    """It may be shown in a terminal."""
    with pytest.raises(errors.FileTypeRefused) as caught:
        OutgoingFile.of("a\x1b]52;c;AAAA\x07\u202e.pdf", b"nothing known")
    assert caught.value.name == "a.pdf"
