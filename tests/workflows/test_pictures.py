"""Pictures: checked at the door by what they are, served under their hash."""

import zlib
from io import BytesIO
from struct import pack

import pytest
from django.test import Client
from PIL import Image

from assessments.models import Picture
from assessments.workflows import pictures


def drawn(kind="PNG", size=(4, 3)):
    out = BytesIO()
    Image.new("RGB", size, "navy").save(out, kind)
    return out.getvalue()


def chunk(name, data):
    return pack(">I", len(data)) + name + data + pack(">I", zlib.crc32(name + data))


def bomb(width=60_000, height=60_000):
    """A small file that says it has billions of points."""
    head = chunk(b"IHDR", pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"0")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(("kind", "ending"), [("PNG", "png"), ("JPEG", "jpg"), ("GIF", "gif"), ("WEBP", "webp")])
def test_a_picture_is_kept_once_and_served_for_ever(db, kind, ending):
    content = drawn(kind)
    picture = pictures.keep(content)
    assert pictures.keep(content).pk == picture.pk and picture.address.endswith(f".{ending}")
    reply = Client().get(picture.address)
    assert reply.content == content and reply["Content-Type"] == picture.media_type
    assert reply["X-Content-Type-Options"] == "nosniff" and "immutable" in reply["Cache-Control"]


def test_a_picture_is_known_under_its_own_ending_alone(db):
    address = pictures.keep(drawn()).address
    assert Client().get(address.replace(".png", ".jpg")).status_code == 404
    assert Client().get(f"/pictures/{'0' * 64}.png").status_code == 404


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
        b"\x89PNG\r\n\x1a\n and then nothing of the kind",
        drawn()[:40],
        bomb(),
        bomb(6000, 5000),
        b"0" * (pictures.MOST_BYTES + 1),
    ],
    ids=["nothing", "svg", "only the head", "cut short", "bomb", "too large", "too many bytes"],
)
def test_what_is_no_picture_is_refused(db, content):
    with pytest.raises(pictures.PictureRefused):
        pictures.keep(content)
    assert not Picture.objects.exists()


def test_the_pictures_of_a_text_are_found(db):
    picture = pictures.keep(drawn())
    text = f"See ![the curve]({picture.address}) and ![another](/elsewhere/{'0' * 64}.png)"
    assert pictures.given_for([text]) == {picture.address: picture.given}
