"""Allegro's JSON as msgspec structs, field for field as it comes.

Tolerant where Allegro is loose: unknown fields are ignored, words of open sets stay strings, and every
field that this program can do without may be missing or null. What may not be missing are the ids and
the times of threads and messages. Nothing here is made safe; `api.allegro.translate` does that.
"""
