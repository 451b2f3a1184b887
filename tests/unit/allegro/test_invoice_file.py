"""An invoice's file is checked before anybody is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from api.allegro.errors import FileEmpty, FileRefused, FileTooLarge, FileUnreadable, NoPdf
from api.allegro.invoice_file import MAX_BYTES, InvoiceFile, safe_name

if TYPE_CHECKING:
    from pathlib import Path

PDF = b"%PDF-1.4\n%%EOF\n"


@pytest.mark.parametrize("content", [PDF, b"\xef\xbb\xbf" + PDF, b"\r\n" + PDF, PDF.ljust(MAX_BYTES, b" ")])
def test_pdf_files_pass(content: bytes) -> None:
    """With a mark or an empty line before it too, and at the limit."""
    assert InvoiceFile.of("a.pdf", content).content == content


@pytest.mark.parametrize(
    ("content", "error", "said"),
    [
        (b"", FileEmpty, "empty"),
        (b"PK\x03\x04", NoPdf, "export it as PDF"),
        (b"<html>%PDF-</html>", NoPdf, "no PDF"),
        (b"\xff\xd8\xff", NoPdf, "no PDF"),
        (b"%PDF", NoPdf, "no PDF"),
        (PDF.ljust(MAX_BYTES + 1, b" "), FileTooLarge, "3,145,729 bytes"),
    ],
)
def test_other_files_do_not(content: bytes, error: type[FileRefused], said: str) -> None:
    """Each with what was found and what to do."""
    with pytest.raises(error, match=said):
        InvoiceFile.of("a.pdf", content)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("faktura.pdf", "faktura.pdf"),
        ("Faktura 1/2026.PDF", "2026.pdf"),
        ("C:\\faktury\\FV 1.pdf", "FV 1.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("faktura", "faktura.pdf"),
        ("faktura.docx", "faktura.docx.pdf"),
        ("zdj\u202efdp.exe\x1b[31m.pdf", "zdjfdp.exe.pdf"),
        ('a<b>:"|?*c.pdf', "a_b_c.pdf"),
        ("żółć & spółka.pdf", "żółć & spółka.pdf"),
        ("  .pdf ", "invoice.pdf"),
        (".pdf", "invoice.pdf"),
        ("", "invoice.pdf"),
        ("...", "invoice.pdf"),
        ("n" * 300 + ".pdf", "n" * 96 + ".pdf"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    """No path, no controls, nothing that a file system minds, and the suffix that it is."""
    assert safe_name(name) == safe
    assert InvoiceFile.of(name, PDF).name == safe


def test_a_file_is_read_from_the_disk(tmp_path: Path) -> None:
    """Name and content, and not too much of what is too large."""
    good, large = tmp_path / "FV 1.pdf", tmp_path / "large.pdf"
    good.write_bytes(PDF)
    with large.open("wb") as file:
        file.truncate(MAX_BYTES * 10)
    assert InvoiceFile.read(good) == InvoiceFile("FV 1.pdf", PDF)
    with pytest.raises(FileTooLarge) as caught:
        InvoiceFile.read(large)
    assert caught.value.size == MAX_BYTES * 10


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    """Missing, or a folder."""
    with pytest.raises(FileUnreadable, match="No such file"):
        InvoiceFile.read(tmp_path / "nothing.pdf")
    with pytest.raises(FileUnreadable, match="directory"):
        InvoiceFile.read(tmp_path)
