"""Questions to outsiders on a ticket: kept here, the mail is sent by hand; their answers."""

from flask import Response, request

from blueprints.agent.blueprint import blueprint, me
from blueprints.agent.ticket import back, for_work, refuse
from blueprints.once import once
from desk import outsiders
from desk.errors import Invalid


@blueprint.post("/t/<int:number>/outside")
@once
def ask_outsider(number: int) -> Response:
    case, form = for_work(number), request.form
    given = (form.get(name, "") for name in ("email", "name", "text"))
    try:
        outsiders.ask(case, *given, by=me())
    except Invalid as error:
        return refuse(number, error, "outside")
    return back(number)


@blueprint.post("/t/<int:number>/outside/<int:question>/answer")
@once
def outsider_answered(number: int, question: int) -> Response:
    asked = outsiders.question_of(for_work(number), question)
    try:
        outsiders.answered(asked, request.form.get("text", ""), by=me())
    except Invalid as error:
        return refuse(number, error, f"outside-{question}")
    return back(number)


@blueprint.post("/t/<int:number>/outside/<int:question>/withdrawal")
@once
def withdraw_question(number: int, question: int) -> Response:
    asked = outsiders.question_of(for_work(number), question)
    try:
        outsiders.revoke(asked, by=me())
    except Invalid as error:
        return refuse(number, error, f"outside-{question}")
    return back(number)
