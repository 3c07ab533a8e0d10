"""Something new on the disk: made beside its place, out of sight, and named only when it is whole."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.agreement.errors import AgreementError


@contextmanager
def beside(
    target: Path,
    prefix: str,
    exists: Callable[[str], AgreementError],
    not_written: Callable[[str, str], AgreementError],
) -> Iterator[Path]:
    """A folder for the work on what becomes `target`, on the same disk, which is gone afterwards.

    Raises what `exists` makes where there is something already, and what `not_written` makes of the operating
    system's word.
    """
    if target.exists():
        raise exists(str(target))
    try:
        with TemporaryDirectory(prefix=prefix, dir=target.parent) as folder:
            yield Path(folder)
    except OSError as error:
        raise not_written(str(target), fault(error)) from error


def fault(error: OSError) -> str:
    """The operating system's word for what went wrong."""
    return error.strerror or type(error).__name__
