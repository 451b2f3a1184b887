"""Benchmarks, run by a command of their own: `make bench`. They assert no times; they print ratios."""
