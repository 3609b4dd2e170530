"""The forms of signing in."""

from wtforms import BooleanField, EmailField, PasswordField
from wtforms.validators import ValidationError

from blueprints.forms import Form, one_line
from core.i18n import N_, _
from desk import people
from desk.errors import Invalid

LONGEST_PASSWORD = 1000
LONGEST_EMAIL = 320


class LinkForm(Form):
    """Who wants a link."""

    email = EmailField(N_("E-mail address"), filters=[one_line])

    def validate_email(self, field: EmailField) -> None:
        try:
            field.data = people.normal_email(field.data[: LONGEST_EMAIL + 1])
        except Invalid as error:
            raise ValidationError(str(error)) from None


class PasswordForm(Form):
    """Who comes with a password. A wrong address reads like a wrong password."""

    email = EmailField(N_("E-mail address"), filters=[one_line], id="password-email")
    password = PasswordField(N_("Password"))
    keep = BooleanField(N_("Stay signed in on this device for 30 days"))

    def validate_email(self, field: EmailField) -> None:
        if not field.data:
            raise ValidationError(_("Enter the full e-mail, for example ivan@example.ru."))

    def validate_password(self, field: PasswordField) -> None:
        if not field.data:
            raise ValidationError(_("Enter the password."))
        if len(field.data) > LONGEST_PASSWORD:
            raise ValidationError(_("The password is too long."))
