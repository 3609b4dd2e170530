"""What colleagues set for themselves: presence, language, look, keys, password."""

from datetime import timedelta

from flask import Response, request
from flask_login import login_user
from flask_wtf.csrf import generate_csrf
from wtforms import BooleanField, PasswordField, SelectField
from wtforms.fields.choices import SelectChoice

from blueprints.agent.blueprint import blueprint, me
from blueprints.forms import Form
from blueprints.once import once
from blueprints.visitor import remember_theme
from core import security, web
from core.i18n import N_, _
from desk import people, preferences
from desk import presence as at_desk
from desk.errors import Invalid

LANGUAGES = [SelectChoice("ru", "Русский"), SelectChoice("en", "English")]


class Preferences(Form):
    """Language, look, keys."""

    locale = SelectField(N_("Language"), choices=LANGUAGES, validate_choice=False)
    theme = SelectField(N_("Appearance"), validate_choice=False)
    shortcuts = BooleanField(N_("Single-letter keys"))

    def offer(self) -> None:
        self.theme.choices = [SelectChoice(k, _(name)) for k, name in preferences.THEMES.items()]


class NewPassword(Form):
    """The present password shows that it is really you."""

    present = PasswordField(N_("Present password"))
    password = PasswordField(N_("New password"))


@blueprint.get("/me")
def settings() -> Response:
    return _page()


@blueprint.post("/me")
@once
def save_settings() -> Response:
    form = Preferences(request.form)
    try:
        preferences.choose(
            me(),
            locale=form.locale.data or "",
            theme=form.theme.data or "",
            shortcuts=bool(form.shortcuts.data),
        )
    except Invalid as error:
        form.refuse(error)
        return _page(form, status=422)
    return remember_theme(web.see_other("/agent/me?saved=settings"), me().theme)


@blueprint.post("/me/password")
@once
def change_password() -> Response:
    form = NewPassword(request.form)
    try:
        if not security.is_password(me().password_hash, form.present.data or ""):
            raise Invalid(_("This is not your present password."), "present")
        people.set_password(me(), form.password.data or "")
    except Invalid as error:
        form.refuse(error)
        return _page(password=form, status=422)
    login_user(me())  # the change has ended every session, this one too
    return web.see_other("/agent/me?saved=password")


@blueprint.get("/me/token")
def token() -> Response:
    """What forms are sent with, for a page drawn before its reader signed in again; no other's."""
    response = Response(status=204, headers={"Cache-Control": "no-store"})
    if request.args.get("of") == str(me().id):
        response.headers["X-CSRFToken"] = generate_csrf()
    return response


@blueprint.post("/me/here")
def here() -> Response:
    """A page is open; `idle` = seconds since somebody touched it. Tells the presence in force."""
    idle = request.form.get("idle", "")
    seconds = int(idle) if idle.isascii() and idle.isdigit() and len(idle) < 8 else 0
    at_desk.seen(me(), timedelta(seconds=seconds))
    return Response(me().presence, mimetype="text/plain", headers={"Cache-Control": "no-store"})


@blueprint.post("/me/gone")
def gone() -> Response:
    """A page closes."""
    at_desk.left(me())
    return Response(status=204)


@blueprint.post("/me/presence")
@once
def presence() -> Response:
    preferences.be_present(me(), request.form.get("presence", ""))
    came_from = request.form.get("next") or "/agent/"
    return web.see_other(web.safe_next(came_from, "/agent/"))


def _page(
    form: Preferences | None = None, *, password: NewPassword | None = None, status: int = 200
) -> Response:
    form = form or Preferences(obj=me())
    form.offer()
    return web.page(
        "agent/me.html",
        status=status,
        form=form,
        password=password or NewPassword(),
        saved=request.args.get("saved"),
    )
