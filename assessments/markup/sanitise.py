"""The one place that decides which HTML may leave: everything written here passes it."""

from __future__ import annotations

import re

import nh3
from pygments.token import STANDARD_TYPES

PROSE_TAGS = {
    "p", "br", "hr", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "pre", "code",
    "em", "strong", "s", "a", "img", "span", "div",
    "table", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
# MathML Core without anything that links, embeds or annotates (w3.org/TR/mathml-core)
MATH_TAGS = {
    "math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "ms", "mfrac", "msqrt", "mroot",
    "mstyle", "merror", "mpadded", "mphantom", "menclose", "msub", "msup", "msubsup",
    "munder", "mover", "munderover", "mmultiscripts", "mprescripts", "mtable", "mtr", "mtd",
}  # fmt: skip
MATH_EVERYWHERE = {"mathvariant", "displaystyle", "scriptlevel"}
MATH_ATTRIBUTES = {
    "math": {"display"},
    "mo": {
        "form", "fence", "separator", "lspace", "rspace", "stretchy", "symmetric",
        "maxsize", "minsize", "largeop", "movablelimits",
    },
    "mspace": {"width", "height", "depth"},
    "mpadded": {"width", "height", "depth", "lspace", "voffset"},
    "mfrac": {"linethickness"},
    "menclose": {"notation"},
    "munder": {"accentunder"},
    "mover": {"accent"},
    "munderover": {"accent", "accentunder"},
    "mtable": {"columnalign", "rowspacing", "columnspacing", "columnlines", "rowlines"},
    "mtr": {"columnalign"},
    "mtd": {"columnalign", "columnspan", "rowspan"},
}  # fmt: skip
PROSE_ATTRIBUTES = {
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
}
PYGMENTS_CLASSES = {name for name in STANDARD_TYPES.values() if name}
LANGUAGE_CLASSES = {f"language-{name}" for name in ("python", "sql", "bash", "text")}
ALIGN_CLASSES = {"align-left", "align-center", "align-right"}
CLASSES = {
    "span": PYGMENTS_CLASSES | {"math", "math-block"},
    "div": {"math-block"},
    "pre": {"code"} | LANGUAGE_CLASSES,
    "code": {"formula-fault"},
    "th": ALIGN_CLASSES,
    "td": ALIGN_CLASSES,
    "mtd": ALIGN_CLASSES | {"cell-gap"},
}
OWN_IMAGE = re.compile(r"/(?!/)[A-Za-z0-9._~%/-]*")  # no host, no scheme, nothing after ?


def sanitise(html: str) -> str:
    """HTML that is safe to show to anybody; applying it again changes nothing."""
    return CLEANER.clean(html)


def is_own_image(address: str) -> bool:
    """Whether a picture comes from this very site."""
    return OWN_IMAGE.fullmatch(address) is not None


def _keep(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src":
        return value if is_own_image(value) else None
    return value


def _attributes() -> dict[str, set[str]]:
    math = {tag: MATH_EVERYWHERE | MATH_ATTRIBUTES.get(tag, set()) for tag in MATH_TAGS}
    return PROSE_ATTRIBUTES | math


CLEANER = nh3.Cleaner(
    tags=PROSE_TAGS | MATH_TAGS,
    clean_content_tags={"script", "style"},
    attributes=_attributes(),
    attribute_filter=_keep,
    allowed_classes=CLASSES,
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow noopener noreferrer",
)
