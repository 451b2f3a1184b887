"""The simplest reader worth its name: word n-grams, TF-IDF, logistic regression.

Trained on the development set alone, with the contact as a word of its own: a reader that has never heard of
Allegro's rules. scikit-learn is imported here only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from policy import Level
from policy.evaluation import Evaluation, Judged, Labelled

if TYPE_CHECKING:
    from collections.abc import Sequence


def baseline(train: Sequence[Labelled], test: Sequence[Labelled]) -> Evaluation:
    """Train on some messages and judge others."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415  only where it is installed
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  as above
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415  as above

    model = make_pipeline(
        TfidfVectorizer(ngram_range=(1, 3), sublinear_tf=True, strip_accents="unicode"),
        LogisticRegression(C=30.0, max_iter=2000, class_weight="balanced"),
    )
    model.fit([told(one) for one in train], [int(one.level) for one in train])
    found = model.predict([told(one) for one in test])
    return Evaluation([Judged(one, Level(int(level)), {}) for one, level in zip(test, found, strict=True)])


def told(one: Labelled) -> str:
    """All that a reader of words is told about a message."""
    files = " ".join(file.name for file in one.message.attachments)
    return f"contact_{one.context.contact} {one.message.text} {files}"
