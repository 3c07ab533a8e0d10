"""The archive packs of an end, as tests look at them: on record, in Slack, and unzipped."""

import io
import re
import subprocess
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from pypdf import PageObject, PdfReader
from sqlmodel import select

from bot.agreement.archive_packs import ArchivePack
from bot.agreement.files import StoredFile
from bot.journal import Entry
from tests.office import Office

LIAISON = "ilo-iom-liaison"
HOLDERS = {"ilo": ("Amina Diallo", "Lucía Romero"), "iom": ("Helena Costa", "Nadia Petrova")}
"""Contact points, signatories and legal officers."""
OTHERS = (
    *("Pierre Favre", "Mei Chen", "Jonas Weber", "Ravi Menon", "Samuel Otieno"),
    *("Omar Haddad", "Yuki Tanaka", "Ines Martin", "Grace Wanjiru", "David Okafor"),
)
CLOSING = "what ended, and what lives on"
"""How the letter about the end is told from those about the archives that follow it."""


def packs(office: Office) -> dict[str, ArchivePack]:
    with office.reading() as desk:
        return {row.reader: row for row in desk.session.exec(select(ArchivePack)).all()}


def stored(office: Office, reader: str) -> bytes:
    """The ZIP file as it is kept."""
    key = packs(office)[reader].file_id
    with office.reading() as desk:
        return desk.session.get_one(StoredFile, key).content


def posted(office: Office, where: str) -> list[bytes]:
    """The packs that stand in a channel, or in the direct messages of a person."""
    messages = office.channel(where) if where == LIAISON else office.direct(where)
    files = [file for message in messages for file in message.get("files", ())]
    return [office.slack.contents(file["id"]) for file in files if file["name"].startswith("archive-")]


def unzipped(content: bytes, folder: Path) -> Path:
    with ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(folder)
    return folder


def verified_inside(folder: Path) -> tuple[int, str]:
    """What the program in a pack says of it."""
    command = [sys.executable, "-I", "-S", str(folder / "verify.py")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def everything_in(content: bytes) -> str:
    """All that a pack can be read to say: every file as text, and every page of what is a PDF."""
    with ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    pages = [
        page.extract_text() for name, data in files.items() if name.endswith(".pdf") for page in _pages(data)
    ]
    return "\n".join([*files, *pages, *(data.decode("utf-8", "replace") for data in files.values())])


def _pages(data: bytes) -> list[PageObject]:
    return list(PdfReader(io.BytesIO(data)).pages) if data.startswith(b"%PDF") else []


def journalled(office: Office, event: str = "archive_pack_made") -> list[Entry]:
    with office.reading() as desk:
        return list(desk.session.exec(select(Entry).where(Entry.event == event)).all())


def hashes(text: str) -> list[str]:
    return re.findall(r"\b[0-9a-f]{64}\b", text)


def closing_letter(office: Office, name: str) -> list[dict[str, Any]]:
    """The letter with which somebody was told of the end."""
    return [message for message in office.direct(name) if CLOSING in message["text"]]
