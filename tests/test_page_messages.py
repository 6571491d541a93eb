"""What a page may say: messages as Streamlit's own library writes them, read as it reads them."""

import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from crmdata.serving.messages import NotAPages, Purpose
from crmdata.web.shell.page_messages import MOST_FILES, PageMessages, own_cookie

LANGUAGE = PageMessages()
KINDS = [field.name for field in BackMsg.DESCRIPTOR.oneofs_by_name["type"].fields]
OPERATIONS = [
    field.name
    for field in BackMsg().backend_operation_request.DESCRIPTOR.oneofs_by_name["payload"].fields
]
WANTED = {
    "rerun_script": Purpose.RUN,
    "stop_script": Purpose.SMALL,
    "app_heartbeat": Purpose.SMALL,
    "file_urls_request": Purpose.SMALL,
}


def message(kind: str) -> bytes:
    """Return a message of a kind, with nothing else in it."""
    made = BackMsg()
    if made.DESCRIPTOR.fields_by_name[kind].message_type:
        getattr(made, kind).SetInParent()
    else:
        setattr(made, kind, True)
    return made.SerializeToString()


def operation(kind: str) -> bytes:
    made = BackMsg()
    getattr(made.backend_operation_request, kind).SetInParent()
    return made.SerializeToString()


def refused_as(said: bytes) -> str:
    with pytest.raises(NotAPages) as other:
        LANGUAGE.purpose(said)
    return other.value.args[0]


@pytest.mark.parametrize("kind", WANTED)
def test_what_a_page_sends_is_let_through(kind):
    assert LANGUAGE.purpose(message(kind)) is WANTED[kind]


@pytest.mark.parametrize(
    "kind", [kind for kind in KINDS if kind not in {*WANTED, "backend_operation_request"}]
)
def test_every_other_kind_that_streamlit_knows_is_refused_by_its_name(kind):
    assert refused_as(message(kind)) == kind


def test_a_file_that_is_made_when_asked_for_is_let_through():
    assert LANGUAGE.purpose(operation("deferred_file")) is Purpose.FILE


@pytest.mark.parametrize("kind", [kind for kind in OPERATIONS if kind != "deferred_file"])
def test_every_other_operation_is_refused_by_its_name(kind):
    assert refused_as(operation(kind)) == kind


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (b"", "none"),
        (b"\xff\xff\xff", "undecodable"),
        (b"\xfa\x07\x00", "none"),  # a field that nobody knows
        (BackMsg(backend_operation_request={}).SerializeToString(), "no operation"),
    ],
)
def test_what_is_no_message_is_refused(said, kind):
    assert refused_as(said) == kind


def test_of_two_kinds_in_one_message_the_last_one_counts_as_it_does_for_streamlit():
    hidden = message("app_heartbeat") + message("clear_cache")
    assert refused_as(hidden) == "clear_cache"


def test_addresses_for_more_files_than_a_page_has_are_refused():
    asked = BackMsg(file_urls_request={"file_names": ["a"] * (MOST_FILES + 1)})
    assert refused_as(asked.SerializeToString()) == "too many files"


def test_a_run_ends_when_it_is_finished_and_not_where_it_goes_on():
    done, goes_on = ForwardMsg(), ForwardMsg()
    done.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
    goes_on.script_finished = ForwardMsg.FINISHED_EARLY_FOR_RERUN
    assert LANGUAGE.is_end(done.SerializeToString())
    assert not LANGUAGE.is_end(goes_on.SerializeToString())


def test_a_browser_is_one_reader_whatever_mask_its_cookie_wears():
    token = bytes(range(16))
    first, again = (generate_xsrf_token_string(token, 1_700_000_000) for _ in range(2))
    assert first != again
    readers = {LANGUAGE.reader({"_streamlit_xsrf": value}) for value in (first, again)}
    assert len(readers) == 1
    assert LANGUAGE.reader({}) == ""


def test_the_server_knows_itself_by_a_secret_and_takes_nobody_else_for_itself():
    name, _, secret = own_cookie().partition("=")
    assert LANGUAGE.is_the_servers_own({name: secret})
    assert not any(LANGUAGE.is_the_servers_own(each) for each in ({}, {name: ""}, {name: "ñ"}))
