"""For whom the pages of the FAQ are drawn: the client who is signed in, the direction chosen."""

from flask import Response, current_app, g, request
from flask_login import current_user

from blueprints.faq.blueprint import blueprint
from desk import readers
from desk.catalog import catalog
from desk.readers import Reader
from models import Direction

PARAMETER = COOKIE = "direction"
YEAR = 365 * 24 * 3600


def reader() -> Reader:
    if "reader" not in g:
        person = current_user._get_current_object() if current_user.is_authenticated else None
        chosen = chosen_direction()
        base = readers.of(person)
        g.reader = Reader(base.categories, chosen.id if chosen else None)
    found: Reader = g.reader
    return found


def offered_directions() -> list[Direction]:
    """Those to choose among; none where only one has sections of its own."""
    known = catalog().directions
    found = [known[number] for number in readers.directions() if number in known]
    found = [one for one in found if one.is_active]
    return found if len(found) > 1 else []


def chosen_direction() -> Direction | None:
    """As the address says, else as was chosen before."""
    asked = request.args.get(PARAMETER)
    key = request.cookies.get(COOKIE, "") if asked is None else asked
    found = next((one for one in offered_directions() if one.key == key), None)
    if asked is not None:
        g.keep_direction = found.key if found else ""
    return found


@blueprint.after_request
def remember_direction(response: Response) -> Response:
    key = g.get("keep_direction")
    if key is not None and response.status_code == 200:
        secure = current_app.config["LINIYA"].secure_cookies
        response.set_cookie(
            COOKIE, key, max_age=YEAR if key else 0, samesite="Lax", httponly=True, secure=secure
        )
    return response
