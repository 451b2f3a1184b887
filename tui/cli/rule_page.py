"""A rule's page as people read it on a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from api.domain.text import one_line
from policy import Contact, Situation
from tui import levels
from tui.cli.verdict_text import sourced, wrapped
from tui.i18n import N_, _, language
from tui.words import CONTACTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from policy import Pack, Rule

SITUATIONS = {
    Situation.ANY: N_("in any message"),
    Situation.ALONE: N_("with nothing else that the buyer needs"),
    Situation.MIXED: N_("beside something that the buyer needs"),
    Situation.SOLE: N_("with nothing else at all"),
    Situation.NOT_INTEGRATED: N_("where Allegro does not report the parcel"),
    Situation.ASKED: N_("when the buyer asked for it"),
}
_EXAMPLES = 3


def strongest(rule: Rule) -> str:
    """Glyph and word of the highest level that the rule can give."""
    return levels.level(max(level for row in rule.levels.values() for level in row.values()))


def headline(rule: Rule) -> str:
    """Id and title, and whether the rule is switched off."""
    off = "" if rule.on else " " + _("(switched off)")
    return f"{rule.id}  {rule.title.text(language())}{off}"


def rule_page(rule: Rule, pack: Pack, width: int) -> str:
    """What the rule forbids, how strongly in which contact, why, who says so, what instead, with examples."""
    return "\n".join(_lines(rule, pack, width))


def _lines(rule: Rule, pack: Pack, width: int) -> Iterator[str]:
    spoken = language()
    yield headline(rule)
    yield ""
    yield from wrapped(_("why"), rule.why.text(spoken), width)
    yield from sourced(rule, width)
    yield from wrapped(_("instead"), rule.instead.text(spoken), width)
    if rule.instead_uninvoiced is not None:
        label = _("instead, where the buyer asked for no invoice")
        yield from wrapped(label, rule.instead_uninvoiced.text(spoken), width)
    for before in pack.earlier:
        if before.id == rule.id:
            term = f"{before.since.isoformat()} – {before.until.isoformat() if before.until else ''}"
            yield from wrapped(term, before.why.text(spoken), width)
    yield ""
    for situation, row in rule.levels.items():
        where = _(SITUATIONS[situation])
        yield f"  {where}"
        for level in sorted(set(row.values()), reverse=True):
            contacts = ", ".join(_(CONTACTS[contact]) for contact in Contact if row[contact] is level)
            yield from wrapped(f"  {levels.level(level)}", contacts, width)
    permissions = [one for one in pack.permissions if rule.id in one.rules]
    for permission in permissions:
        yield from wrapped(permission.id, permission.title.text(spoken), width)
    examples = pack.examples().get(rule.id)
    if examples is None:
        return
    for label, found in ((_("found"), examples.match), (_("not found"), examples.near_miss)):
        texts = [one.text for one in found if one.text.strip() and one.language in {"", "pl"}]
        yield ""
        yield f"  {label}:"
        for text in texts[:_EXAMPLES]:
            yield from wrapped("  ·", one_line(text)[: 2 * width], width)
