"""`python -m policy.making [--quick] [PART …]`: write `policy/data` anew."""

from __future__ import annotations

import argparse
import sys
import tomllib

from policy.making.build import RULES, build, write
from policy.making.lexicon import WordListError
from policy.reading.language import LANGUAGES
from policy.table import PackError


def main() -> int:
    """Write the data; exit code 1 where a file cannot be understood."""
    parser = argparse.ArgumentParser(prog="python -m policy.making", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"one of {', '.join((RULES, *LANGUAGES))}; without any, all"
    )
    parser.add_argument(
        "--quick", action="store_true", help="without homographs and typing mistakes: for trying a word out"
    )
    parser.add_argument("--pages", action="store_true", help="write docs/rules instead, from the data")
    args = parser.parse_args()
    if args.pages:
        from policy.making.pages import write_pages  # noqa: PLC0415  reads the data that others write

        write_pages()
        return 0
    try:
        write(build(args.parts, thorough=not args.quick))
    except (WordListError, PackError, tomllib.TOMLDecodeError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
