"""Line 0: the help home, sections, answers, search. All of it without JavaScript."""

from flask import Flask

from blueprints.faq import article, audience, home, old_addresses, pictures, search, votes
from blueprints.faq.addresses import article_url
from blueprints.faq.blueprint import blueprint
from desk import announcements

__all__ = ["article", "home", "pictures", "search", "votes"]


def set_up(app: Flask) -> None:
    app.register_blueprint(blueprint)
    old_addresses.set_up(app)
    app.url_defaults(home.in_this_language)
    app.jinja_env.globals.update(
        article_url=article_url,
        hit_url=search.hit_url,
        about_support=home.about_support,
        announced=announcements.shown,
        offered_directions=audience.offered_directions,
        chosen_direction=audience.chosen_direction,
        words_of_direction=home.words_of_direction,
    )
    app.jinja_env.filters.update(section_crumb=home.section_crumb)
