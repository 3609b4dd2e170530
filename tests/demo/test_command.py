"""bin/liniya demo: fills a new database, says how to sign in, and leaves a company's own alone."""

import pytest
from click.testing import CliRunner, Result

from commands.__main__ import FolderOfCommands
from core import i18n
from core.config import Config
from core.i18n import use_locale
from demo import loader
from demo.loader import sign_ins
from demo.read import Story, stories

pytestmark = pytest.mark.one_database


def call(config: Config, *arguments: str, given: str = "") -> Result:
    with use_locale("en"):
        return CliRunner(env={"LINIYA_DATABASE_URL": config.database_url}).invoke(
            FolderOfCommands("liniya"),
            [*arguments, "--data", str(config.data)],
            input=given,
            catch_exceptions=False,
        )


@pytest.fixture
def a_short_past(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stories are tested elsewhere; here three will do."""

    def few() -> list[Story]:
        return stories()[:3]

    monkeypatch.setattr(loader.read, "stories", few)


@pytest.mark.usefixtures("a_short_past")
def test_it_fills_a_new_database_once(empty_database: Config) -> None:
    first = call(empty_database, "demo")
    assert first.exit_code == 0, first.output
    assert "Filling the database" in first.output
    assert "masha@kurier.example" in first.output
    assert "demo-anton" in first.output
    again = call(empty_database, "demo")
    assert again.exit_code == 0
    assert "is there already" in again.output
    assert "demo-masha" in again.output


def test_it_leaves_a_company_that_works_alone(empty_database: Config) -> None:
    arguments = ("create-admin", "--name", "Пётр", "--email", "petr@company.example")
    assert call(empty_database, *arguments, given="long enough\n").exit_code == 0
    refused = call(empty_database, "demo")
    assert refused.exit_code == 2
    assert "works with this database already" in refused.output


def test_roles_are_named_in_the_readers_language() -> None:
    for code, role in (("ru", "Агент первой линии"), ("en", "First-line agent")):
        with i18n.use_locale(code):
            assert sign_ins()[0] == ("Маша", role, "masha@kurier.example", "demo-masha")
