"""/skojarz-aplikacje: the page where a seller types the code and lets the application in, or not.

GET shows the form, with the code filled in when the address carries it; POST takes the code and the `answer`
("allow" or "refuse"). Plain HTML for a browser, without a script. The real page wants the seller signed in.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from api.simulator.call import Answer, Call, Resource

if TYPE_CHECKING:
    from api.simulator.state import State

HTML = "text/html;charset=UTF-8"

_PAGE = """<!DOCTYPE html>
<html lang="pl">
<head><meta charset="utf-8"><title>Skojarz aplikację</title></head>
<body>
<h1>Skojarz aplikację</h1>
{inner}
</body>
</html>
"""
_FORM = """<p>{words}</p>
<form method="post" action="/skojarz-aplikacje">
<p><label>Kod z aplikacji: <input name="code" value="{code}" autocomplete="off" required></label></p>
<p><button name="answer" value="allow">Zezwól</button> <button name="answer" value="refuse">Odmów</button></p>
</form>"""
_LET_IN = "<p>Gotowe. Aplikacja ma dostęp do konta {login}: wróć do niej.</p>\n<ul>\n{scopes}\n</ul>"
_TURNED_AWAY = "<p>Odmówiono. Aplikacja nie ma dostępu do konta {login}.</p>"


def _show(call: Call, state: State) -> Answer:
    words = f"Wpisz kod, aby wpuścić aplikację na konto {state.account.login}."
    return _form(words, call.one("code") or "")


def _decide(call: Call, state: State) -> Answer:
    form = dict(parse_qsl(call.body.decode(errors="replace")))
    code, answer = form.get("code", ""), form.get("answer")
    device = state.tokens.waiting(code)
    if device is None:
        return _form("Nie ma takiego kodu, albo jest już wykorzystany. Sprawdź go w aplikacji.", code, 400)
    if answer not in {"allow", "refuse"}:
        return _form("Wybierz: zezwól albo odmów.", code, 400)
    state.tokens.decide(device, allowed=answer == "allow")
    login = html.escape(state.account.login)
    if answer == "refuse":
        return _page(_TURNED_AWAY.format(login=login))
    scopes = "\n".join(f"<li>{html.escape(scope)}</li>" for scope in sorted(device.scopes))
    return _page(_LET_IN.format(login=login, scopes=scopes))


def _form(words: str, code: str, status: int = 200) -> Answer:
    return _page(_FORM.format(words=html.escape(words), code=html.escape(code)), status)


def _page(inner: str, status: int = 200) -> Answer:
    return Answer(_PAGE.format(inner=inner).encode(), status, HTML)


RESOURCES = (
    Resource("GET", "/skojarz-aplikacje", _show, None),
    Resource("POST", "/skojarz-aplikacje", _decide, None),
)
