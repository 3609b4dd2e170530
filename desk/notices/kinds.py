"""The letters to the staff: one for each occasion, and the digest."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from core import clock
from core.i18n import N_, _, ngettext
from core.web import absolute
from desk import mails
from desk.letters.kind import Drawn, Given, Kind, Words
from desk.mails import Item, Letter
from desk.notices.news import News
from desk.notices.occasion import Occasion
from desk.notices.occasions import OCCASIONS
from models import Case, Staff

MOST = 50  # of a digest; more are counted
SETTINGS = "/agent/me/notices"


class ToStaff(Kind):
    """Drawn from one piece of news."""

    own = ("notice", "who", "details", "words", "reader.first_name")

    def __init__(self, occasion: Occasion) -> None:
        self.occasion = occasion
        self.key, self.label = occasion.key, occasion.label
        self.explained = occasion.explained
        self.is_about_ticket = occasion.about_ticket

    def built_in(self) -> Words:
        """The parts that never have something to say on this occasion are left out."""
        occasion, about = self.occasion, self.is_about_ticket
        sentence = "{{ notice }}"
        if type(occasion).sentence is Occasion.sentence:
            sentence = _(occasion.title, number="{{ ticket.number }}", who="{{ who }}")
        parts = ["{{ ticket.subject }}", _("Client: %(name)s", name="{{ client.name }}")]
        parts = parts if about else []
        if type(occasion).paragraphs is not Occasion.paragraphs:
            parts.append("{{ details }}")
        if type(occasion).whom is not Occasion.whom:
            parts.append("> {{ words }}")
        subject = f"{sentence}: {{{{ ticket.subject }}}}" if about else sentence
        return Words(subject, "\n\n".join(parts), "" if subject == sentence else sentence)

    def given(self, news: News, reader: Staff) -> Given:
        values = {
            "notice": news.sentence(),
            "who": str(news.data.get("who", "")),
            "details": "\n\n".join(self.occasion.paragraphs(news.data)),
            "words": str(news.data.get("words", "")),
            "reader.first_name": reader.first_name,
        }
        return Given(news.case, values=values, told=[news])

    def letter(self, drawn: Drawn, given: Given) -> Letter:
        (news,) = given.told
        label = _(self.occasion.label)
        return Letter(
            title=drawn.title,
            paragraphs=drawn.paragraphs,
            quote=drawn.quote,
            below=drawn.below,
            button=(_(self.occasion.button), absolute(news.path())),
            case=news.case,
            reason=_("You get this because your settings say: “%(what)s”.", what=label),
            footer=_change(),
        )

    def sample(self, case: Case | None, reader: Staff) -> Given:
        return self.given(_sample_news(self.occasion, case, reader), reader)


class Digest(Kind):
    key = "digest"
    label = N_("Digest")
    explained = N_("What waited for the time that a colleague chose, in one letter.")
    is_about_ticket = False
    body_may_be_empty = True
    own = ("count", "reader.first_name")

    def built_in(self) -> Words:
        return Words(subject="{{ count }}", body="")

    def given(self, news: Sequence[News], reader: Staff) -> Given:
        count = ngettext("%(num)s notice", "%(num)s notices", len(news))
        values = {"count": count, "reader.first_name": reader.first_name}
        return Given(None, values=values, told=news)

    def letter(self, drawn: Drawn, given: Given) -> Letter:
        news = given.told
        left = len(news) - MOST
        more = ngettext(
            "%(num)s more is in the workspace.", "%(num)s more are in the workspace.", left
        )
        return Letter(
            title=drawn.title,
            paragraphs=drawn.paragraphs,
            quote=drawn.quote,
            below=drawn.below,
            items=[_item(each) for each in news[:MOST]],
            button=(_("All notices"), absolute("/agent/notices")),
            after=more if left > 0 else "",
            reason=_("What waited for the time that your settings name, in one mail."),
            footer=_change(),
        )

    def sample(self, case: Case | None, reader: Staff) -> Given:
        shown = [OCCASIONS[key] for key in ("assigned", "client_answered") if case]
        return self.given([_sample_news(each, case, reader) for each in shown], reader)


TO_STAFF = {key: ToStaff(occasion) for key, occasion in OCCASIONS.items()}
DIGEST = Digest()


def _item(news: News) -> Item:
    detail = " ".join(news.occasion.detail(news.data).split())[: mails.SHORT]
    about = f"{news.case.subject}. {detail}" if news.case else detail
    return Item(news.sentence(), about, absolute(news.path()))


def _change() -> tuple[str, str]:
    return _("Change what you are told"), absolute(SETTINGS)


def _sample_news(occasion: Occasion, case: Case | None, reader: Staff) -> News:
    about = case if occasion.about_ticket else None
    return News(occasion, "sample", about, data=_sample_data(case, reader))


def _sample_data(case: Case | None, reader: Staff) -> Mapping[str, Any]:
    """What any occasion may ask for."""
    name = N_("Ticket created: mail to the client")
    return {
        "who": reader.name,
        "words": case.preview if case else "",
        "names": dict.fromkeys(("ru", "en"), _("First answer")),
        "limit": (clock.now() + timedelta(minutes=15)).isoformat(),
        "rule": 0,
        "name": _(name),
        "titles": dict.fromkeys(("ru", "en"), _("How to change the address")),
        "why": N_("it and other triggers kept setting each other off"),
        "chain": [],
        "case": case.number if case else 0,
    }
