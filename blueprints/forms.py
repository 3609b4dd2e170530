"""Forms: words in the reader's language, and what a verb refuses beside the field that it means."""

from typing import Any

from wtforms import Form as BareForm
from wtforms.meta import DefaultMeta

from core.i18n import N_, gettext, ngettext
from desk import texts
from desk.errors import DeskError, Invalid

OF_WTFORMS = (
    N_("Not a valid choice."),
    N_("Invalid Choice: could not coerce."),
    N_("Not a valid integer value."),
    N_("Not a valid decimal value."),
    N_("Not a valid date value."),
)


class Words:
    """Our own catalogues for what WTForms says itself."""

    def gettext(self, text: str) -> str:
        return gettext(text)

    def ngettext(self, one: str, many: str, n: int) -> str:
        return ngettext(one, many, n)


class Form(BareForm):
    """Labels are given as N_("...") and translated each time a form is made."""

    class Meta(DefaultMeta):
        def get_translations(self, form: Any) -> Words:
            return Words()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self:
            field.label.text = gettext(str(field.label.text))
            field.description = gettext(str(field.description))

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Errors that validators were given as N_("...") are said in the reader's language."""
        valid = super().validate(*args, **kwargs)
        for field in self:
            field.errors = [gettext(e) if isinstance(e, str) else e for e in field.errors]
        return bool(valid)

    def refuse(self, error: DeskError) -> None:
        """Say what a verb said, at its field when the form has it."""
        name = error.field if isinstance(error, Invalid) else ""
        if name in self._fields:
            self._fields[name].errors = [*self._fields[name].errors, str(error)]
        else:
            self.form_errors.append(str(error))


def one_line(value: str | None) -> str:
    """A filter for fields; see desk.texts."""
    return texts.one_line(value or "")
