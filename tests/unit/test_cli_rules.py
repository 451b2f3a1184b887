"""`okienko rules`: a list, a page, and how right the rules are; own rules; what could be cut."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from api import rules as api_rules
from api.config import Folders
from tui.__main__ import main
from tui.cli.exits import Exit

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("OKIENKO_HOME", str(tmp_path))
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    api_rules._pack.cache_clear()
    yield tmp_path
    api_rules._pack.cache_clear()


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    """Every rule stands on a line, with the most that it can say, and whether it is off."""
    assert main(["rules"]) == Exit.DONE
    out = capsys.readouterr().out
    assert "■ stop" in out
    assert "DUP-PAYMENT" in out
    assert "RIGHTS" in out
    assert "(switched off)" in out
    assert len(out.splitlines()) == 29


def test_list_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    """A rule a line, with its levels by situation and contact."""
    assert main(["rules", "--json"]) == Exit.DONE
    rules = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    payment = next(rule for rule in rules if rule["id"] == "DUP-PAYMENT")
    assert payment["levels"]["alone"]["initiated"] == "block"
    assert payment["levels"]["alone"]["reply"] == "ok"
    assert payment["source"]["known"] == "read"
    assert payment["since"] == "2026-03-02"


def test_page(capsys: pytest.CaptureFixture[str]) -> None:
    """A page tells why, since when, who says so, what instead, how strongly, what was before, examples."""
    assert main(["rules", "dup-payment"]) == Exit.DONE
    out = capsys.readouterr().out
    for part in (
        "why:",
        "since: 2026-03-02",
        "issues/13038",
        "instead:",
        "2021-07-01",
        "found:",
        "not found:",
    ):
        assert part in out
    assert "ALLOW-REPLY" in out


def test_page_of_another_marketplace(capsys: pytest.CaptureFixture[str]) -> None:
    """On another marketplace the page says how well the rule is known there."""
    assert main(["rules", "DUP-PAYMENT", "--marketplace", "allegro-cz"]) == Exit.DONE
    assert "Czech" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["DUP-PAYMNT"], "there is no rule 'DUP-PAYMNT'; did you mean 'DUP-PAYMENT'?"),
        (["--marketplace", "ebay"], "no rules for the marketplace 'ebay'"),
        (["DUP-PAYMENT", "x.jsonl"], "a file goes with evaluate only"),
        (["evaluate"], "evaluate what?"),
        (["evaluate", "/nowhere/x.jsonl"], "cannot read '/nowhere/x.jsonl'"),
    ],
)
def test_mistakes(arguments: list[str], complaint: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What cannot be done is said, with what was probably meant."""
    assert main(["rules", *arguments]) == Exit.USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert complaint in err


@pytest.fixture
def labelled(home: Path) -> Path:
    rows = [
        ("Wpłata dotarła.", "block", ["DUP-PAYMENT"]),
        ("Jaki kolor?", "ok", []),
        ("Nic.", "block", ["ABUSE"]),
    ]
    file = home / "messages.jsonl"
    lines = [
        json.dumps(
            {"id": str(number), "text": text, "lang": "pl", "expect": {"level": level, "rules": rules}}
        )
        for number, (text, level, rules) in enumerate(rows)
    ]
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_evaluate(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The figures, by language and rule, and the misses with their texts."""
    assert main(["rules", "evaluate", str(labelled)]) == Exit.DONE
    out = capsys.readouterr().out
    for part in ("3 messages", "2/3 66.7 %", "1/2 50.0 %", "DUP-PAYMENT", "wrong:", "Nic."):
        assert part in out


def test_evaluate_as_json(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same for scripts, as parts of wholes."""
    assert main(["rules", "evaluate", str(labelled), "--json"]) == Exit.DONE
    told = json.loads(capsys.readouterr().out)
    assert told["exact"] == [2, 3]
    assert told["block_recall"] == [1, 2]
    assert told["false_alarms"] == [0, 1]
    assert told["misses"][0]["id"] == "2"


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        (["--min-block-recall", "50", "--max-false-alarms", "0", "--min-exact", "66"], Exit.DONE),
        (["--min-block-recall", "51"], 1),
        (["--min-exact", "90"], 1),
    ],
)
def test_thresholds(labelled: Path, flags: list[str], code: int, capsys: pytest.CaptureFixture[str]) -> None:
    """Below a threshold the exit code is 1, and the figure is named."""
    assert main(["rules", "evaluate", str(labelled), *flags]) == code
    assert (code == 1) == bool(capsys.readouterr().err)


def test_evaluate_a_broken_line(labelled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A line that is no labelled message is named by its number."""
    labelled.write_text('{"text": "x"}\n', encoding="utf-8")
    assert main(["rules", "evaluate", str(labelled)]) == Exit.USAGE
    assert "line 1: expect: expected an object" in capsys.readouterr().err


def test_own_rules(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The seller's own rules hold on the command line, and a mistake in them is told."""
    (home / "rules.toml").write_text('[switch]\nDUP-PAYMENT = "off"\n', encoding="utf-8")
    assert main(["check", "Wpłata dotarła."]) == Exit.DONE
    api_rules._pack.cache_clear()
    (home / "rules.toml").write_text('[switch]\nDUP-PAYMNT = "off"\n', encoding="utf-8")
    assert main(["check", "Wpłata dotarła."]) == Exit.USAGE
    assert "did you mean 'DUP-PAYMENT'?" in capsys.readouterr().err


def test_a_home_of_its_own(home: Path) -> None:
    """The demo reads no own rules but those of its own home."""
    other = home / "demo"
    api_rules.choose_rules(Folders(other, other, other))
    assert api_rules.rules_file() == other / "rules.toml"
    api_rules._chosen.clear()


def test_fix(capsys: pytest.CaptureFixture[str]) -> None:
    """What could be cut is shown as a diff; the exit code is that of the text as it is."""
    assert main(["check", "--fix", "Wpłata dotarła, ale brakuje numeru domu."]) == Exit.WARN
    out = capsys.readouterr().out.splitlines()
    assert out[-2:] == ["-Wpłata dotarła, ale brakuje numeru domu.", "+Brakuje numeru domu."]


def test_fix_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    """Where cutting leaves nothing, that is said."""
    assert main(["check", "--fix", "Wpłata dotarła."]) == Exit.BLOCK
    out, err = capsys.readouterr()
    assert out == ""
    assert "nothing to cut" in err


def test_context_of_a_check(capsys: pytest.CaptureFixture[str]) -> None:
    """Language, marketplace, carrier, invoice and repeats can be told."""
    number = "Numer listu: 00340000161234567890"
    assert main(["check", number, "--other-carrier"]) == Exit.WARN
    assert main(["check", number]) == Exit.BLOCK
    assert main(["check", "Jaki kolor?", "--repeats", "9"]) == Exit.WARN
    assert main(["check", "Platba dorazila.", "--lang", "cs", "--marketplace", "allegro-cz"]) == Exit.BLOCK
    capsys.readouterr()
    main(["check", "W załączniku faktura.", "--invoice", "--json"])
    assert json.loads(capsys.readouterr().out)["findings"][0]["instead"]["action"] == "invoice"
