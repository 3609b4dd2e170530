"""/signin with a password; /signout."""

from flask import Response, request
from flask_login import current_user

from blueprints.auth.blueprint import blueprint
from blueprints.auth.entering import OF_STAFF, enter, landing, leave
from blueprints.auth.forms import LinkForm, PasswordForm
from blueprints.once import once
from blueprints.unsent import FIELD, Unsent, shown_page, unpacked
from core.bus import unit
from core.i18n import _
from core.web import page, safe_next, see_other
from desk import people
from desk.errors import Invalid, TooMany


@blueprint.get("/signin")
def sign_in_page() -> Response:
    if current_user.is_authenticated:
        return see_other(landing(current_user, request.args.get("next")))
    return gate()


@blueprint.post("/signin")
@once
def sign_in() -> Response:
    form = PasswordForm(request.form)
    if not form.validate():
        return gate(password=form, status=422)
    try:
        person = people.sign_in(form.email.data, form.password.data, source=source())
    except TooMany as error:
        form.refuse(error)
        return too_many(gate(password=form, status=429), error)
    if person is None:
        unit().keep = True  # the try counts, though nothing else came of it
        form.refuse(Invalid(_("The e-mail or the password is wrong."), "password"))
        return gate(password=form, status=422)
    unsent = unpacked(request.form.get(FIELD))
    return enter(person, then=request.form.get("next"), keep=form.keep.data, unsent=unsent)


@blueprint.post("/signout")
@once
def sign_out() -> Response:
    return leave()


def gate(
    *,
    link: LinkForm | None = None,
    password: PasswordForm | None = None,
    unsent: Unsent | None = None,
    status: int = 200,
) -> Response:
    """The sign-in page; the password first for those on the way to the workspace.

    `unsent` = what was written when the session was over: it goes along with the password.
    What keep.js looks after outlives a sign-in by link as well.
    """
    then = safe_next(request.values.get("next"), "") or (shown_page() if unsent else "")
    unsent = unsent or unpacked(request.form.get(FIELD))
    return page(
        "auth/sign_in.html",
        status=status,
        link_form=link or LinkForm(),
        password_form=password or PasswordForm(),
        then=then,
        by_password=password is not None
        or (link is None and (then.startswith(OF_STAFF) or _needs_password(unsent))),
        unsent=unsent,
    )


def _needs_password(unsent: Unsent | None) -> bool:
    """A link is opened on a page of its own; only what the browser keeps is there too."""
    return unsent is not None and not unsent.is_kept


def too_many(response: Response, error: TooMany) -> Response:
    response.headers["Retry-After"] = str(error.retry_after)
    return response


def source() -> str:
    return request.remote_addr or "unknown"
