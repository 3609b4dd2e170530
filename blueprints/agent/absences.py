"""One's own absences: colleagues enter them and say that they are back."""

from flask import Response, flash, request

from blueprints.absence_form import AbsenceForm, absence_form
from blueprints.agent.blueprint import blueprint, me
from blueprints.once import once
from core import web
from core.i18n import _
from desk.catalog import catalog
from desk.errors import Invalid
from desk.team import absences, people

PAGE = "/agent/me/absences"


@blueprint.get("/me/absences")
def my_absences() -> Response:
    return _show(absence_form(None, me()))


@blueprint.post("/me/absences")
@once
def enter_my_absence() -> Response:
    person = people.person_for(me().id, lock=True)
    form = absence_form(request.form, person)
    try:
        absences.enter(person, form.said, by=person)
    except Invalid as error:
        form.refuse(error)
        return _show(form, status=422)
    flash(_("Saved."))
    return web.see_other(PAGE)


@blueprint.post("/me/absences/<int:number>/end")
@once
def end_my_absence(number: int) -> Response:
    absences.end(absences.absence_for(number, of=me()), by=me())
    flash(_("Saved."))
    return web.see_other(PAGE)


def _show(form: AbsenceForm, *, status: int = 200) -> Response:
    return web.page(
        "agent/me_absences.html",
        status=status,
        absence=form,
        absences=absences.coming(me().id),
        kinds=absences.KINDS,
        said_time=absences.said_time,
        doubt=absences.stand_in_is_absent,
        words=catalog(),
    )
