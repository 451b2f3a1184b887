"""`okienko check`: a verdict for people, for scripts, and for many messages at once."""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tui.cli import check
from tui.cli.exits import Exit
from tui.i18n import choose_language

ROOT = Path(__file__).parents[2]
DEV = ROOT / "../shared/policy-corpus/dev.jsonl"

PAID = "Dzień dobry, wpłata dotarła."
MIXED = "Wpłata dotarła, ale brakuje numeru domu."


class Stdin(io.TextIOWrapper):
    def __init__(self, content: bytes, *, terminal: bool = False) -> None:
        super().__init__(io.BytesIO(content), encoding="utf-8")
        self._terminal = terminal

    def isatty(self) -> bool:
        return self._terminal


def parse(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    check.add_parser(parser.add_subparsers())
    return parser.parse_args(["check", *arguments])


def okienko(*arguments: str) -> int:
    args = parse(*arguments)
    return int(args.run(args))


def pipe(monkeypatch: pytest.MonkeyPatch, content: str | bytes, *, terminal: bool = False) -> None:
    data = content.encode() if isinstance(content, str) else content
    monkeypatch.setattr(sys, "stdin", Stdin(data, terminal=terminal))


def lines(capsys: pytest.CaptureFixture[str]) -> tuple[list[dict[str, Any]], str]:
    out, err = capsys.readouterr()
    return [json.loads(line) for line in out.splitlines()], err


@pytest.mark.parametrize(
    ("text", "contact", "code"),
    [
        ("Dzień dobry", "initiated", Exit.DONE),
        (PAID, "reply", Exit.DONE),
        ("Dziękujemy za zakup! Jaki kolor?", "initiated", Exit.DONE),
        (MIXED, "initiated", Exit.WARN),
        (PAID, "stale", Exit.WARN),
        (PAID, "initiated", Exit.BLOCK),
    ],
)
def test_exit_code(text: str, contact: str, code: Exit) -> None:
    """The exit code is the level: 0 for ok and hint, 10 for warn, 20 for block."""
    assert okienko(text, "--contact", contact) == code


def test_words_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    """A verdict shows level, rule, the words it is about, why, since when, who says so, and what instead."""
    choose_language("en")
    okienko(MIXED)
    out, err = capsys.readouterr()
    assert err == ""
    assert out.splitlines()[0].startswith("▲ warning: ")
    assert "▲ warning  DUP-PAYMENT  The payment has arrived" in out
    assert "words: “Wpłata dotarła,”" in out
    for part in ("why: Allegro itself", "since: 2026-03-02", "/issues/13038", "2026-02-10", "instead: Send"):
        assert part in out
    assert "we read Allegro's wording" in " ".join(out.split())


def test_nothing_known(capsys: pytest.CaptureFixture[str]) -> None:
    """Where no rule matches, that is all that is claimed."""
    choose_language("en")
    assert okienko("Dzień dobry") == Exit.DONE
    assert capsys.readouterr().out == "✓ ok: no known rule matched\n"


def test_polish(capsys: pytest.CaptureFixture[str]) -> None:
    """The rule speaks Polish when the program does."""
    okienko(PAID)
    assert "Wpłata dotarła" in capsys.readouterr().out


def test_nothing_reaches_the_terminal(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Escape sequences and direction marks of a message or a file name stay out of the words for people."""
    file = tmp_path / "faktura\x1b[2J\u202e.pdf"
    file.write_bytes(b"x")
    okienko("wpłata\x1b[31m dotarła\x07\u202e \x9b2J\ud800", "--attach", str(file))
    out = capsys.readouterr().out
    assert "wpłata" in out
    assert "faktura" in out
    assert not {"\x1b", "\x07", "\u202e", "\x9b", "\ud800"} & set(out)


def test_long_excerpt_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    """A quotation that would hide the reasons is cut."""
    okienko("ą" * 5000)
    out = capsys.readouterr().out
    assert "…" in out
    assert out.count("ą") < 400


def test_terminal_that_cannot_show_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the encoding of the terminal cannot hold becomes a question mark."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert okienko(PAID) == Exit.BLOCK
    assert raw.getvalue().startswith(b"? ")


def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """One object, in ASCII, with the exit code of the level."""
    assert okienko("wpłata\x1b dotarła", "--json") == Exit.BLOCK
    out = capsys.readouterr().out
    assert out.isascii()
    assert "\x1b" not in out
    answer = json.loads(out)
    assert (answer["id"], answer["level"], answer["findings"][0]["span"]) == (None, "block", [0, 15])
    assert answer["elapsed_us"] >= 0


@pytest.mark.parametrize("arguments", [(), ("-",)])
def test_text_from_stdin(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    """Without a text, or with a hyphen, the message comes from stdin, less the line end of echo."""
    pipe(monkeypatch, PAID + "\n")
    assert okienko(*arguments, "--json") == Exit.BLOCK
    (answer,), _err = lines(capsys)
    assert answer["findings"][0]["excerpt"] == "wpłata dotarła."


def test_two_thousand_characters_and_a_line_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line end of echo does not make a message too long."""
    pipe(monkeypatch, "ą" * 2000 + "\n")
    assert okienko() == Exit.DONE
    pipe(monkeypatch, "ą" * 2001)
    assert okienko() == Exit.BLOCK


@pytest.mark.parametrize("arguments", [(), ("-",), ("--jsonl",)])
def test_terminal_is_no_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    """Nobody waits for a person to type a message into nothing."""
    pipe(monkeypatch, "", terminal=True)
    assert okienko(*arguments) == Exit.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("okienko check: ")


def test_stdin_that_is_no_text(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Bytes that are no UTF-8 are an error, not a guess."""
    pipe(monkeypatch, b"wp\xb3ata dotar\xb3a")
    assert okienko() == Exit.USAGE
    assert "UTF-8" in capsys.readouterr().err


def test_buyer_last(tmp_path: Path) -> None:
    """What the buyer wrote last decides whether an invoice was asked for."""
    file = tmp_path / "FV_1.pdf"
    file.write_bytes(b"%PDF")
    answer = ("Proszę bardzo.", "--contact", "reply", "--attach", str(file))
    assert okienko(*answer, "--buyer-last", "Poproszę fakturę.") == Exit.DONE
    assert okienko(*answer, "--buyer-last", "Dzień dobry.") == Exit.WARN


def test_attachments(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Files may be repeated; a finding tells which one it is about."""
    for name in ("instrukcja.pdf", "paragon.pdf"):
        (tmp_path / name).write_bytes(b"%PDF")
    arguments = ("--attach", str(tmp_path / "instrukcja.pdf"), "--attach", str(tmp_path / "paragon.pdf"))
    assert okienko("Dzień dobry", *arguments, "--json") == Exit.BLOCK
    (answer,), _err = lines(capsys)
    (finding,) = answer["findings"]
    assert (finding["attachment"], finding["excerpt"]) == (1, "paragon.pdf")


def test_missing_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A file that is not there, or is a folder, is wrong usage and is named."""
    for path in (tmp_path / "nothing.pdf", tmp_path):
        assert okienko("Dzień dobry", "--attach", str(path)) == Exit.USAGE
        out, err = capsys.readouterr()
        assert out == ""
        assert path.name in err


def test_as_of() -> None:
    """The rules of a day can be asked for."""
    assert okienko(PAID, "--as-of", "2026-03-01") == Exit.WARN
    assert okienko(PAID, "--as-of", "2026-03-02") == Exit.BLOCK


@pytest.mark.parametrize(
    "arguments",
    [
        ("x", "--as-of", "soon"),
        ("x", "--contact", "friend"),
        ("x", "--json", "--jsonl"),
        ("x", "--cont", "reply"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    """An option that is wrong ends with 2 and tells which one it was."""
    with pytest.raises(SystemExit) as caught:
        parse(*arguments)
    assert caught.value.code == Exit.USAGE
    assert arguments[1] in capsys.readouterr().err


def test_contacts_are_those_of_the_policy() -> None:
    """The command line knows every kind of contact without importing the policy."""
    from policy import Contact  # noqa: PLC0415  only here

    assert set(check.CONTACTS) == set(Contact)


def test_expectations_are_translated() -> None:
    """Everything that the policy can expect of a field is in the catalogue's list."""
    from policy.wire import Expected  # noqa: PLC0415  only here

    assert set(check.EXPECTED) == set(Expected)


def test_jsonl(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A verdict a line, in order, with the ids of the lines; levels do not change the exit code."""
    objects = [{"id": 1, "text": PAID}, {"id": "b", "text": "Dzień dobry"}, {"text": MIXED}]
    pipe(monkeypatch, "\ufeff" + "\n".join(json.dumps(obj) for obj in objects) + "\n\n")
    assert okienko("--jsonl") == Exit.DONE
    answers, err = lines(capsys)
    assert err == ""
    assert [(answer["id"], answer["level"]) for answer in answers] == [
        (1, "block"),
        ("b", "ok"),
        (None, "warn"),
    ]


def test_jsonl_with_bad_lines(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A bad line gets an error in its place, is named on stderr, and does not stop the others."""
    choose_language("en")
    bad = [
        b"{",
        b'{"id": "b", "text": 3}',
        b"[1]",
        b"\xff",
        b"[" * 100_000,
        b'{"id": {}, "text": "x", "context": {"paid": "no"}}',
    ]
    pipe(monkeypatch, b"\n".join([*bad, b'{"id": "z", "text": "x"}']))
    assert okienko("--jsonl") == Exit.USAGE
    answers, err = lines(capsys)
    assert [answer["id"] for answer in answers] == [None, "b", None, None, None, None, "z"]
    assert ["error" in answer for answer in answers] == [True] * 6 + [False]
    assert answers[1]["error"] == "text: expected a text, found 3"
    complaints = err.splitlines()
    assert len(complaints) == 6
    assert complaints[1] == "okienko check: line 2: text: expected a text, found 3"
    assert "line 6: context.paid: expected true or false, found 'no'" in complaints[5]


@pytest.mark.parametrize("extra", [("x",), ("--contact", "reply"), ("--as-of", "2026-03-02")])
def test_jsonl_takes_all_from_stdin(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], extra: tuple[str, ...]
) -> None:
    """What would be ignored is refused."""
    pipe(monkeypatch, "")
    assert okienko("--jsonl", *extra) == Exit.USAGE
    assert "--jsonl" in capsys.readouterr().err


def program(*arguments: str, content: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "tui", *arguments], input=content, capture_output=True, check=False, cwd=ROOT
    )


def test_program() -> None:
    """The command itself answers with words and the exit code."""
    run = program("check", PAID)
    assert run.returncode == Exit.BLOCK
    assert "DUP-PAYMENT" in run.stdout.decode()
    assert run.stderr == b""


def test_reader_that_leaves() -> None:
    """A reader that closes the pipe is no error and leaves no trace-back."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "check", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stderr is not None
    with process:
        process.stdin.write(b'{"text": "x"}\n')
        process.stdin.flush()
        assert json.loads(process.stdout.readline())["level"] == "ok"
        process.stdout.close()
        process.stdin.write(b'{"text": "x"}\n')
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == Exit.DONE


@pytest.mark.parametrize("arguments", [["check", "Dzień dobry"], ["--help"]])
def test_cheap(arguments: list[str]) -> None:
    """The verb loads neither the screen nor the network; help does not even load the rules."""
    code = (
        "import sys\nfrom tui.__main__ import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit:\n    pass\n"
        "print(*sorted(sys.modules), file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, cwd=ROOT)
    loaded = {name.partition(".")[0] for name in run.stderr.split()}
    assert loaded.isdisjoint({"textual", "httpx", "rich", "tinydb", "msgspec", "sqlite3"})
    assert ("policy" in loaded) == (arguments[0] == "check")


def test_dev_messages() -> None:
    """Every labelled message gets a verdict; the share of right ones does not fall behind the first cut."""
    if not DEV.is_file():
        pytest.skip(f"the labelled messages are not there: {DEV}")
    expected = [json.loads(line) for line in DEV.read_text(encoding="utf-8").splitlines()]
    run = program("check", "--jsonl", content=DEV.read_bytes())
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert run.returncode == Exit.DONE
    assert [answer["id"] for answer in answers] == [row["id"] for row in expected]
    pairs = [
        (row["expect"]["level"], answer["level"])
        for row, answer in zip(expected, answers, strict=True)
        if row["lang"] == "pl"
    ]
    stopped = [found for wanted, found in pairs if wanted == "block"]
    allowed = [found for wanted, found in pairs if wanted in {"ok", "hint"}]
    assert stopped.count("block") / len(stopped) >= 0.45
    assert sum(found in {"warn", "block"} for found in allowed) / len(allowed) <= 0.02
    assert sum(wanted == found for wanted, found in pairs) / len(pairs) >= 0.65
