"""Yardsticks beside the rules: how far simpler and heavier readers get on the same messages.

`make evaluation` measures them and writes `docs/rules/evaluation.md`. None of them is part of the product.
"""
