"""Who may read which article; the numbers are those of arrays in memory."""

from models import ArticleState

AUDIENCES = {"public": 0, "internal": 1}
NOBODY = -1
OF_STATE = {ArticleState.PUBLISHED: "public", ArticleState.INTERNAL: "internal"}
READERS = {"public": ("public",), "agent": ("public", "internal")}
