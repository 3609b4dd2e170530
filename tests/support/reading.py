"""What a page says, by CSS selectors."""

from bs4 import Tag


def tag(soup: Tag, css: str) -> Tag:
    """The first that is selected; there must be one."""
    found = soup.select_one(css)
    assert found is not None, css
    return found


def words(soup: Tag, css: str = "main") -> str:
    """Of the first that is selected, with single spaces."""
    return " ".join(tag(soup, css).get_text().split())


def texts(soup: Tag, css: str) -> list[str]:
    """Of all that are selected, with single spaces."""
    return [" ".join(one.get_text().split()) for one in soup.select(css)]
