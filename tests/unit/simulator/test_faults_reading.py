"""Fault scripts: what is read, what is refused with which words, and the page that documents them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.simulator.faults import BadScriptError, When, load_script
from api.simulator.faults import keys as grammar
from api.simulator.faults.reading import read_script

PAGE = Path(__file__).parents[3] / "docs" / "simulator.md"


def test_a_script_is_read_with_its_defaults() -> None:
    """What is not set lets everything pass."""
    script = read_script('seed = 7\nlively = 2\n[[request]]\nfault = "timeout"\n', "f.toml")
    (rule,) = script.requests
    assert (script.seed, script.lively) == (7, 2.0)
    assert rule.when == When()
    assert (rule.requests, rule.path, rule.seconds, rule.handled) == ("all", None, 60.0, True)
    assert rule.name == "request 1 (timeout)"


def test_every_condition_is_read() -> None:
    text = 'fault = "vanish"\nshare = 0.5\nnth = 3\nevery = 2\nfrom = 1\nuntil = 9.5\ntimes = 4\nname = "n"\n'
    (rule,) = read_script("[[world]]\n" + text, "f").world
    assert rule.when == When(share=0.5, nth=(3,), every=2, since=1.0, until=9.5, times=4)
    assert (rule.name, rule.seconds) == ("n", 86_400.0)


def test_an_empty_script_has_no_rules() -> None:
    assert read_script("", "f").requests == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("seed = x\n", r"^f\.toml: is no TOML: .*line 1"),
        ("sed = 1", r"^f\.toml: sed: there is no such key here: did you mean 'seed'\?$"),
        ("seed = 1.5", r"seed: 1\.5 is not a whole number"),
        ("lively = 0", "lively: 0 is not a number of seconds above 0"),
        ("lively = inf", "lively: inf is not"),
        ("request = 1", r"request: must be a list of tables: begin each rule with \[\[request\]\]"),
        ("[request]\nfault = 'reset'", r"begin each rule with \[\[request\]\]"),
        ("[[request]]", "request 1: 'fault' is missing: write fault = one of 'latency', 'status'"),
        ("[[request]]\nfault = 'resett'", r"request 1, fault: 'resett' is no fault: did you mean 'reset'\?"),
        ("[[request]]\nfault = 'xyz'", "'xyz' is no fault: there are 'latency', 'status', 'reset'"),
        ("[[world]]\nfault = 3", "world 1, fault: 3 is no fault: there are 'late'"),
        (
            "[[request]]\nfault = 'latency'",
            "request 1 \\(latency\\): 'seconds' is missing: write \"seconds = 3\"",
        ),
        (
            "[[request]]\nfault = 'reset'\nseconds = 3",
            r"request 1 \(reset\), seconds: there is no such key here",
        ),
        ("[[request]]\nfault = 'reset'\nhandeld = true", "did you mean 'handled'"),
        ("[[request]]\nfault = 'reset'\nhandled = 'yes'", "handled: 'yes' is not true or false"),
        ("[[request]]\nfault = 'reset'\nshare = 10", "share: 10 is not a share from 0 to 1"),
        ("[[request]]\nfault = 'reset'\nshare = true", "share: True is not a share"),
        ("[[request]]\nfault = 'reset'\nnth = [0]", r"nth: \[0\] is not a whole number from 1 on"),
        ("[[request]]\nfault = 'reset'\nnth = []", r"nth: \[\] is not"),
        ("[[request]]\nfault = 'reset'\nevery = 0", "every: 0 is not a whole number from 1 on"),
        ("[[request]]\nfault = 'reset'\nrequests = 'read'", "is not one of .*: did you mean 'reads'"),
        ("[[request]]\nfault = 'reset'\nmethod = 'post'", "method: 'post' is not one of"),
        ("[[request]]\nfault = 'reset'\npath = 'me'", "path: 'me' is not a path that begins with \"/\""),
        ("[[request]]\nfault = 'status'\nstatus = 200", "status: 200 is not an HTTP status from 400 to 599"),
        ("[[request]]\nfault = 'reset'\nfrom = 9\nuntil = 9", r"until: 9 is not after 'from' \(9\)"),
        ("[[world]]\nfault = 'outcome'\nbecomes = 'BLOKED'", "did you mean 'BLOCKED'"),
        ("[[world]]\nfault = 'late'\nseconds = nan", "seconds: nan is not"),
    ],
)
def test_a_slip_is_told_with_its_place_and_a_way_out(text: str, words: str) -> None:
    with pytest.raises(BadScriptError, match=words):
        read_script(text, "f.toml")


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadScriptError, match=r"nowhere\.toml: cannot be read \(No such file or directory\)"):
        load_script(tmp_path / "nowhere.toml")
    (tmp_path / "f.toml").write_bytes(b"name = '\xff'")
    with pytest.raises(BadScriptError, match="is no text in UTF-8"):
        load_script(tmp_path / "f.toml")


def test_the_page_names_every_fault_and_every_key() -> None:
    """And has the three examples that the contract tests run."""
    page = PAGE.read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w\[\]-]+)`", page))
    faults = {**grammar.REQUEST_FAULTS, **grammar.WORLD_FAULTS}
    tables = (grammar.TOP, grammar.WHEN, grammar.REQUEST_COMMON, grammar.WORLD_COMMON)
    wanted = {*faults, *(key for table in tables for key in table)}
    wanted |= {key for fault in faults.values() for key in fault.keys}
    assert not wanted - named
    assert page.count("```toml") == 3
