import io

from app.machine import framed


def written(*messages: bytes) -> bytes:
    stream = io.BytesIO()
    framed.send(stream, *messages)
    return stream.getvalue()


def all_of(data: bytes) -> list[bytes | None]:
    stream, found = io.BytesIO(data), []
    while not found or found[-1] is not None:
        found.append(framed.receive(stream))
    return found


def test_what_is_sent_is_received_message_by_message():
    assert all_of(written(b"one", b"", "二".encode()) + written(b"\0" * 9)) == [
        b"one",
        b"",
        "二".encode(),
        b"\0" * 9,
        None,
    ]


def test_a_message_that_breaks_off_is_none():
    data = written(b"whole", b"broken")
    for end in range(len(data)):
        assert b"broken" not in all_of(data[:end])


def test_a_pipe_that_holds_nothing_holds_no_message():
    assert framed.receive(io.BytesIO()) is None
