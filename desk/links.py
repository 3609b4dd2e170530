"""Mails that carry a way in: a sign-in link, a new link to one request."""

from urllib.parse import quote

from core.i18n import _, ngettext, use_locale
from core.security import digest, new_token
from core.web import absolute
from desk import access, mails, outbox, people
from desk.mails import Letter
from models import Case, Client, Participant, Staff


def send_sign_in_link(address: str, *, after: str = "") -> None:
    """To whoever is known by this address; to nobody otherwise, and the caller can't tell.

    `after` = the page of ours to go on to.
    """
    person = people.by_email(address)
    if not isinstance(person, Client | Staff) or not person.is_active:
        return
    token = people.new_sign_in_link(person)
    path = f"/signin/l/{token}" + (f"?next={quote(after)}" if after else "")
    with use_locale(person.locale, person.zone):
        letter = Letter(
            title=_("Your link to sign in"),
            paragraphs=_about_sign_in(),
            button=(_("Sign in"), absolute(path)),
        )
        _post(letter, to=person, address=address, dedupe=f"sign_in:{digest(token)}")


def send_request_link(case: Case) -> None:
    """The link in force, to the address of whoever asked; nothing when there is no address."""
    person = case.requester
    address = person.email
    if address is None:
        return
    with use_locale(person.locale, person.zone):
        letter = Letter(
            title=_("Your link to request No. %(number)s", number=case.number),
            paragraphs=[_("The link opens this request only. No password needed.")],
            button=(_("Open the request"), mails.link_of(case, to_client=True)),
            case=case,
        )
        _post(letter, to=person, address=address, dedupe=f"request_link:{new_token()}")


def replace_link(case: Case) -> str:
    """A new token for the request; every link to it that is out there stops working."""
    case.link_nonce = new_token()[:16]
    return access.link_token(case)


def _about_sign_in() -> list[str]:
    hours = int(people.LINK_LIFE.total_seconds() // 3600)
    return [
        ngettext(
            "The link works once, within %(num)s hour.",
            "The link works once, within %(num)s hours.",
            hours,
        ),
        _("If you did not ask for it, do nothing: without the link nobody gets in."),
    ]


def _post(letter: Letter, *, to: Participant, address: str, dedupe: str) -> None:
    text, html = mails.rendered(letter)
    mail = outbox.Mail(
        recipient=address,
        subject=letter.title,
        text=text,
        html=html,
        template=dedupe.partition(":")[0],
        to=to,
        case=letter.case,
    )
    outbox.put(mail, dedupe=dedupe)
