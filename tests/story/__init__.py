"""The story of a weekend, and its judge."""

import pytest

pytest.register_assert_rewrite("tests.story.ends", "tests.story.mailbag", "tests.story.stage")
