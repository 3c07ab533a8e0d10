"""Files: three steps to upload, and who may fetch them."""

from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest


def send(url, data):
    with urlopen(Request(url, data, method="POST")) as answer:
        return answer.read().decode()


def fetch(url, token=None):
    with urlopen(Request(url, headers={"Authorization": f"Bearer {token}"} if token else {})) as answer:
        return answer.read()


def test_a_file_is_posted_in_a_thread_and_says_where(slack, ilo, iom):
    root = ilo.chat_postMessage(channel="C0LIAISON", text="root")["ts"]
    sent = ilo.files_upload_v2(
        channel="C0LIAISON",
        thread_ts=root,
        content=b"%PDF",
        filename="record.pdf",
        initial_comment="The record",
    )["file"]
    share = ilo.files_info(file=sent["id"])["file"]["shares"]["public"]["C0LIAISON"][0]
    message = slack.messages("C0LIAISON")[-1]

    assert (message["text"], message["files"][0]["id"], message["thread_ts"]) == (
        "The record",
        sent["id"],
        root,
    )
    assert (share["ts"], share["thread_ts"]) == (message["ts"], root)
    assert fetch(sent["url_private"], "xoxb-iom-local") == b"%PDF"
    assert iom.files_info(file=sent["id"])["file"]["size"] == 4


def test_the_file_id_is_known_before_anything_is_visible(slack, ilo, refusal):
    step = ilo.files_getUploadURLExternal(filename="a.txt", length=5)
    done = {"files": [{"id": step["file_id"]}], "channel_id": "C0LIAISON"}

    assert refusal(ilo.files_completeUploadExternal, **done) == "file_not_found"
    assert send(step["upload_url"], b"hello") == "OK - 5"
    assert ilo.files_info(file=step["file_id"])["file"]["shares"] == {}
    assert slack.messages("C0LIAISON") == []
    assert refusal(ilo.files_completeUploadExternal, **{**done, "channel_id": "C0IOMBRAND"}) == (
        "channel_not_found"
    )
    ilo.files_completeUploadExternal(**done)
    assert refusal(ilo.files_completeUploadExternal, **done) == "file_not_found"
    assert [one["id"] for one in slack.files] == [step["file_id"]]


def test_the_bytes_must_be_as_many_as_announced(ilo):
    url = ilo.files_getUploadURLExternal(filename="a.txt", length=5)["upload_url"]

    with pytest.raises(HTTPError, match="400"):
        send(url, b"hello!")
    with pytest.raises(HTTPError, match="404"):
        send(url[:-3], b"hello")


def test_a_file_without_a_channel_stays_private(ilo, iom, refusal):
    file = ilo.files_upload_v2(content=b"x", filename="a.txt")["file"]

    assert refusal(iom.files_info, file=file["id"]) == "file_not_found"
    assert fetch(file["url_private"], "xoxb-ilo-local") == b"x"
    for token in ("xoxb-iom-local", None):
        with pytest.raises(HTTPError, match="403"):
            fetch(file["url_private"], token)


def test_upload_arguments_are_checked(ilo, refusal):
    assert refusal(ilo.files_getUploadURLExternal, filename="a", length=0) == "invalid_arguments"
    assert refusal(ilo.api_call, "files.completeUploadExternal", json={"files": []}) == "invalid_arguments"
    assert refusal(ilo.files_info, file="F0") == "file_not_found"


def test_people_fetch_what_is_shared_where_they_are(slack, ilo):
    file = ilo.files_upload_v2(channel="C0ILOCOMMS", content=b"x", filename="a.txt")["file"]
    link = f"{file['url_private']}?key={slack.page_key}&user="

    assert fetch(link + "U0ILOCHEN") == b"x"
    with pytest.raises(HTTPError, match="403"):
        fetch(link + "U0IOMTANAKA")
    with pytest.raises(HTTPError, match="404"):
        fetch(f"{slack.base_url}/_files/F0/a.txt")
