"""An amendment brings new clauses.

Revision 0025, after 0024.
"""

from collections.abc import Sequence

from bot.columns import reword

revision: str = "0025"
down_revision: str | None = "0024"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None

PARTS = ("words", "initial", "notice", "first", "every", "level", "steps", "basis", "repeal")


def upgrade() -> None:
    """Go forward."""
    reword("amendmentchange", "part", "changedpart", before=PARTS, after=(*PARTS, "new"))


def downgrade() -> None:
    """Go back."""
    reword("amendmentchange", "part", "changedpart", before=(*PARTS, "new"), after=PARTS)
