"""What the editor of a letter holds: its words in both languages, and the versions edited."""

from collections.abc import Mapping
from dataclasses import replace

from flask import request
from wtforms import IntegerField, StringField, TextAreaField

from blueprints.forms import Form
from core.i18n import LOCALES, N_
from desk.errors import Invalid
from desk.letters import stored
from desk.letters.checks import checked
from desk.letters.kind import Kind, Words
from models import MailTemplate

PARTS = ("subject", "title", "body")


class LetterForm(Form):
    """`base_…` is the version that is being edited."""

    subject_ru = StringField(N_("Subject"))
    title_ru = StringField(N_("Heading"))
    body_ru = TextAreaField(N_("Text"))
    base_ru = IntegerField(default=0)
    subject_en = StringField(N_("Subject"))
    title_en = StringField(N_("Heading"))
    body_en = TextAreaField(N_("Text"))
    base_en = IntegerField(default=0)

    def words(self, locale: str) -> Words:
        said = {part: self[f"{part}_{locale}"].data or "" for part in PARTS}
        plain = {part: text.replace("\0", "").replace("\r\n", "\n") for part, text in said.items()}
        return Words(**plain)

    def base(self, locale: str) -> int:
        return self[f"base_{locale}"].data or 0

    def check(self, kind: Kind) -> bool:
        """Say at each field what is wrong with it."""
        for locale in LOCALES:
            try:
                checked(kind, self.words(locale))
            except Invalid as error:
                self.refuse_in(locale, error)
        return not self.errors

    def refuse_in(self, locale: str, error: Invalid) -> None:
        field = f"{error.field}_{locale}" if error.field in PARTS else error.field
        self.refuse(Invalid(str(error), field))


def from_request() -> LetterForm:
    return LetterForm(request.form)


def of_kind(kind: Kind, taken: MailTemplate | None = None) -> LetterForm:
    """As it is in force, or with an earlier version in its place."""
    data: dict[str, str | int] = {}
    for locale in LOCALES:
        words = stored.words_of(kind, locale)
        if taken is not None and taken.locale == locale:
            words = replace(words, subject=taken.subject, title=taken.title, body=taken.body)
        data |= {f"{part}_{locale}": getattr(words, part) for part in PARTS}
        data[f"base_{locale}"] = stored.version_of(kind.key, locale)
    return LetterForm(None, data=data)


def bases(kind: Kind) -> Mapping[str, int]:
    """After a conflict the form stands on what is saved now."""
    return {locale: stored.version_of(kind.key, locale) for locale in LOCALES}
