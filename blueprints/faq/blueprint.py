"""The blueprint that the modules of this package hang their pages on."""

from flask import Blueprint

from blueprints.guards import open_to_all

LANG = "/<any(ru, en):lang>"

blueprint = open_to_all(Blueprint("faq", __name__))
