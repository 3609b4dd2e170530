"""The knowledge base for those who write it: list, editor, states, versions."""

from typing import Any

from flask import Response, flash, request
from flask_login import current_user
from wtforms import SelectField, StringField, TextAreaField

from blueprints.agent.blueprint import blueprint, me
from blueprints.forms import Form, one_line
from blueprints.once import once
from core import markdown
from core.i18n import LOCALES, N_, _, locale
from core.web import id_given, page, see_other
from desk import access, care, editing, faq, gaps, handing_down, linked, readers, search, wordings
from desk.catalog import catalog
from desk.errors import Invalid, NotFound, Stale
from desk.faq import Wording
from models import Article, ArticleState, ArticleText, Case

LIST = "/agent/kb"
STATES = {
    ArticleState.PUBLISHED: N_("published"),
    ArticleState.INTERNAL: N_("for the staff only"),
    ArticleState.DRAFT: N_("draft"),
}
VERBS = {
    ArticleState.PUBLISHED: faq.publish,
    ArticleState.INTERNAL: faq.make_internal,
    ArticleState.DRAFT: faq.unpublish,
}


PAGES = (
    ("articles", N_("Articles"), LIST),
    ("reading", N_("To read"), f"{LIST}/reading"),
    ("gaps", N_("Gaps"), f"{LIST}/gaps"),
    ("wordings", N_("Wordings"), f"{LIST}/wordings"),
    ("sections", N_("Sections"), f"{LIST}/sections"),
    ("announcements", N_("Announcements"), f"{LIST}/announcements"),
    ("numbers", N_("Numbers"), f"{LIST}/numbers"),
)


def kb_pages() -> list[tuple[str, str, str]]:
    """What the knowledge base is made of, for its tabs; with how much is to be read."""
    unread = handing_down.unread_by(me())
    return [
        (key, f"{_(name)} {unread}" if unread and key == "reading" else _(name), address)
        for key, name, address in PAGES
    ]


class ArticleForm(Form):
    """Lengths are checked by the verb, which names the field."""

    section = SelectField(N_("Section"), coerce=int)
    title = StringField(N_("Title"), filters=[one_line])
    body = TextAreaField(N_("Answer"))
    summary = StringField(N_("In one sentence"), filters=[one_line])
    aliases = TextAreaField(N_("Other wordings"))
    note = StringField(N_("What you changed"), filters=[one_line])

    @property
    def wording(self) -> Wording:
        return Wording(
            self.title.data or "",
            self.body.data or "",
            self.summary.data or "",
            self.aliases.data or "",
        )


@blueprint.get("/kb")
def articles() -> Response:
    access.demand(current_user, "articles.edit")
    query = request.args.get("q", "").strip()[:200]
    return page(
        "agent/kb/list.html",
        shelves=editing.shelves() if not query else [],
        found=search.search_articles(query, locale(), limit=50, who=readers.STAFF)
        if query
        else None,
        query=query,
        states=STATES,
        due=care.due() if not query else [],
        staff=catalog().staff,
        has_files=access.may(current_user, "sections.edit"),
    )


@blueprint.get("/kb/new")
def new_article() -> Response:
    access.demand(current_user, "articles.edit")
    return _show(_form(None, begun=_begun()))


@blueprint.post("/kb/new")
@once
def create_article() -> Response:
    access.demand(current_user, "articles.edit")
    form = _form(None)
    if not form.validate():
        return _show(form, status=422)
    try:
        shelf = editing.section(form.section.data)
        article = faq.create(shelf, {language(): form.wording}, by=me())
        if case := _case():
            linked.written_from(case, article)
        if gap := id_given(request.form.get("gap")):
            gaps.written(gaps.gap_for(gap), article, by=me())
    except Invalid as error:
        form.refuse(error)
        return _show(form, status=422)
    flash(_("Saved as a draft."))
    return see_other(_address(article))


@blueprint.get("/kb/<int:number>")
def edit_article(number: int) -> Response:
    access.demand(current_user, "articles.edit")
    article = editing.article(number)
    return _show(_form(article), article)


@blueprint.post("/kb/<int:number>")
@once
def save_article(number: int) -> Response:
    access.demand(current_user, "articles.edit")
    article = editing.article(number, lock=True)
    form = _form(article)
    if not form.validate():
        return _show(form, article, status=422)
    try:
        base = int(request.form.get("base", "").strip() or 0)
        editing.save(
            article, language(), form.wording, base=base, by=me(), note=form.note.data or ""
        )
        faq.move(article, editing.section(form.section.data), position=article.position)
    except Invalid as error:
        form.refuse(error)
        return _show(form, article, status=422)
    except (Stale, ValueError):
        return _show(form, article, status=409, theirs=article.text_in(language()))
    flash(_("Saved."))
    return see_other(_address(article))


@blueprint.post("/kb/<int:number>/state")
@once
def set_article_state(number: int) -> Response:
    access.demand(current_user, "articles.edit")
    article = editing.article(number, lock=True)
    wanted = request.form.get("state", "")
    if wanted not in STATES:
        raise Invalid(_("There is no such state."))
    VERBS[ArticleState(wanted)](article)
    return see_other(_address(article))


@blueprint.post("/kb/<int:number>/restore")
@once
def restore_article(number: int) -> Response:
    access.demand(current_user, "articles.edit")
    article = editing.article(number, lock=True)
    given = request.form.get("version", "")
    if not given.isdigit() or len(given) > 9:
        raise NotFound(_("There is no such version."))
    editing.restore(article, language(), int(given), by=me())
    flash(_("Restored."))
    return see_other(_address(article))


def refused_part(article: Article, part: str, error: Invalid) -> Response:
    """The page with what was typed in a part below the text ("care", "hand_down") still in it."""
    form = ArticleForm(None, data=_known(article.text_in(language()), article))
    form.section.choices = [(one.id, one.name) for one in editing.sections()]
    return _show(form, article, status=422, problems={part: error})


def language() -> str:
    asked = request.values.get("lang", "")
    return asked if asked in LOCALES else locale()


def _address(article: Article) -> str:
    return f"{LIST}/{article.id}?lang={language()}"


def _case() -> Case | None:
    """The ticket that an article is written from."""
    number = id_given(request.values.get("case"))
    return access.case_for(me(), number) if number else None


def _begun() -> Wording | None:
    """A draft from a ticket or a gap."""
    if case := _case():
        return gaps.from_case(case)[1]
    gap = id_given(request.args.get("gap"))
    return gaps.from_gap(gaps.gap_for(gap), by=me())[1] if gap else None


def _form(article: Article | None, begun: Wording | None = None) -> ArticleForm:
    text = (article.text_in(language()) if article else None) or begun
    form = ArticleForm(request.form or None, data=_known(text, article))
    form.section.choices = [(one.id, one.name) for one in editing.sections()]
    return form


def _known(text: ArticleText | Wording | None, article: Article | None) -> dict[str, Any]:
    names = ("title", "body", "summary", "aliases")
    known = {name: getattr(text, name) if text else "" for name in names}
    return {**known, "section": article.category_id if article else None}


def _show(
    form: ArticleForm, article: Article | None = None, *, status: int = 200, **context: Any
) -> Response:
    text = article.text_in(language()) if article else None
    return page(
        "agent/kb/editor.html",
        status=status,
        form=form,
        article=article,
        text=text,
        lang=language(),
        base=text.version if text else 0,
        preview=markdown.render(form.body.data or ""),
        versions=editing.versions(text) if text else [],
        states=STATES,
        colleagues=[one for one in catalog().staff.values() if one.is_active] if article else [],
        case=_case() if not article else None,
        gap=id_given(request.values.get("gap")) if not article else None,
        learned=wordings.taken(text) if text else [],
        groups=list(catalog().groups.values()) if article else [],
        handed=handing_down.of_article(article) if article else [],
        **{"problems": {}, **context},
    )
