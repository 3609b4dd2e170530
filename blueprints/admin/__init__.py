"""Pages of administrators: triggers, counters, calendars, outgoing mail, settings.

Staff may enter; each view demands what it needs. Modules are found by folder.
"""

import importlib
import pkgutil

from flask import Flask

from blueprints.admin.blueprint import blueprint


def set_up(app: Flask) -> None:
    for module in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{module.name}")
    app.register_blueprint(blueprint)
