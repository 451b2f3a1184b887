"""How the data that `policy` ships are made.

For developers: needs morfeusz2 and Debian's hunspell dictionaries. `python -m policy.making` writes
`policy/data` anew; a test fails when it is stale.
"""
