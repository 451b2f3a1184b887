"""The policy is pure: it imports the standard library and itself."""

from __future__ import annotations

import json
import subprocess
import sys

PROGRAM = """
import json, sys
before = set(sys.modules)
import policy
import policy.wire
policy.check(policy.Message("www.sklep.pl"), policy.Context())
print(json.dumps(sorted({name.partition(".")[0] for name in set(sys.modules) - before})))
"""


def test_standard_library_only() -> None:
    """A fresh interpreter that checks a message has loaded nothing of ours but policy, and no package."""
    run = subprocess.run([sys.executable, "-c", PROGRAM], check=True, capture_output=True, text=True)
    loaded = {name for name in json.loads(run.stdout) if not name.startswith("_")}
    assert loaded - set(sys.stdlib_module_names) == {"policy"}
    assert loaded.isdisjoint({"sqlite3", "socket", "ssl", "asyncio", "logging", "difflib"})
