"""Forms come from pages of this panel: their origin is looked at, and a token that only such a page knows.

The token of a form is a keyed hash of the session, or, before anybody is signed on, of a random seed in a cookie.
"""

from __future__ import annotations

import hmac
import secrets
from urllib.parse import urlsplit

from flask import Request, Response, g, request
from markupsafe import Markup

from apnscp.core.errors import Refused
from apnscp.server.web.visitors import Gate, session_id

FIELD = "token"
SEED = "apnscp_form"
FOREIGN = "This form was sent by a page of another site; open the panel itself and sign in there"
STALE = "This form is not valid any more; go back, load the page again and send it once more"


def require_genuine(gate: Gate) -> None:
    """Raise Refused for a form that does not come from a page of this panel."""
    if not is_from_here(request):
        raise Refused(FOREIGN)
    sent = request.form.get(FIELD) or request.headers.get("X-Form-Token", "")
    base = session_id() or request.cookies.get(SEED, "")
    if not base or not hmac.compare_digest(sent.encode(), _made(gate, base).encode()):
        raise Refused(STALE)


def token(gate: Gate) -> str:
    """Return the token for the forms of the page that is being made."""
    base = session_id()
    if not base:
        base = g.setdefault("seed", request.cookies.get(SEED) or secrets.token_urlsafe(24))
    return _made(gate, base)


def field(gate: Gate) -> Markup:
    """Return the hidden field that every form has."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token(gate))


def with_seed(response: Response) -> Response:
    """Send the seed along with a page whose form needs it."""
    if "seed" in g and request.cookies.get(SEED) != g.seed:
        response.set_cookie(SEED, g.seed, path="/", httponly=True, samesite="Strict", secure=request.is_secure)
    return response


def is_from_here(sent: Request) -> bool:
    """Tell whether a form comes from a page of this panel, or from no page at all.

    Another site must not sign its visitors in or out: browsers say where a form comes from, in Sec-Fetch-Site or, over
    plain HTTP, in Origin. Clients that are not browsers send neither.
    """
    site = sent.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = sent.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc == sent.host


def _made(gate: Gate, base: str) -> str:
    return gate.panel.secret.digest(f"form {base}")[:40]
