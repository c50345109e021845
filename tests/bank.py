"""A bank made for tests: real questions of every kind, as many as are asked for."""

from assessments.models import Area, Calibration, Item, ItemVersion, Subskill
from assessments.psychometrics.irt import LABEL_DIFFICULTIES, LABEL_DIFFICULTY_SD
from assessments.psychometrics.scale import LEVEL_CUTS
from assessments.questions.question import Question
from assessments.workflows import items as verbs

SECRET_NOTE = "a note that would tell the answer"
SECRET_EXPLANATION = "an explanation that would tell the answer"


def make_calibration():
    return Calibration.objects.get_or_create(
        number=0,
        defaults={
            "level_cuts": list(LEVEL_CUTS),
            "label_difficulties": list(LABEL_DIFFICULTIES),
            "label_standard_deviation": LABEL_DIFFICULTY_SD,
            "area_correlation": 0.5,
        },
    )[0]


def make_area(slug="measuring", items=60, subskills=4, kinds=("choice",)):
    """An area with operational questions of these kinds in turn."""
    make_calibration()
    area = Area.objects.create(slug=slug, name=slug.title(), description=f"All about {slug}.", position=1)
    parts = [
        Subskill.objects.create(slug=f"{slug}-part-{n}", area=area, name=f"Part {n}", covers="Things.")
        for n in range(subskills)
    ]
    return fill(area, parts, items, kinds)


def fill(area, parts, items=60, kinds=("choice",)):
    """Operational questions in an area that is there, over these sub-skills in turn."""
    slug, subskills = area.slug, len(parts)
    rows = Item.objects.bulk_create(Item(slug=f"{slug}-{n:05}", area=area, life="operational") for n in range(items))
    versions = ItemVersion.objects.bulk_create(
        verbs.rendered(version_for(item, n, kinds[n % len(kinds)], parts[n % subskills])) for n, item in enumerate(rows)
    )
    for item, version in zip(rows, versions, strict=True):
        item.current_version = version
    Item.objects.bulk_update(rows, ["current_version"], batch_size=500)
    verbs.bank_changed([area.pk])
    area.refresh_from_db()
    return area


def version_for(item, number, kind, subskill):
    question = QUESTIONS[kind](number)
    return ItemVersion(
        item=item,
        kind=kind,
        content=question.content,
        key=question.key,
        subskill=subskill,
        cognitive_level="apply",
        difficulty_label=1 + number % 5,
        difficulty_reason="a test",
    )


def told(right, **more):
    return {"right": right, "explanation": SECRET_EXPLANATION, "notes": {}, "misconceptions": {}, **more}


def asked(number, **more):
    return {"stem": f"Question number {number} of the bank.", "lead_in": "Which one is it?", "shuffle": True, **more}


def options(*texts):
    return [{"key": key, "text": text} for key, text in zip("abcdef", texts, strict=False)]


def choice(number):
    notes = {"b": SECRET_NOTE}
    return Question("choice", asked(number, options=options("One", "Two", "Three", "Four")), told("a", notes=notes))


def multiple(number):
    return Question("multiple", asked(number, options=options("One", "Two", "Three", "Four")), told(["a", "c"]))


def numeric(number):
    return Question("numeric", asked(number, unit=""), told(7.5, tolerance=0.01, common_errors=[]))


def short_text(number):
    return Question("short_text", asked(number), told(["seven"], case_sensitive=False, common_errors=[]))


def ordering(number):
    return Question("ordering", asked(number, options=options("One", "Two", "Three", "Four")), told(list("abcd")))


def matching(number):
    premises = [{"key": "1", "text": "first"}, {"key": "2", "text": "second"}, {"key": "3", "text": "third"}]
    return Question(
        "matching",
        asked(number, options=options("One", "Two", "Three", "Four"), premises=premises),
        told({"1": "a", "2": "b", "3": "c"}),
    )


QUESTIONS = {
    "choice": choice,
    "multiple": multiple,
    "numeric": numeric,
    "short_text": short_text,
    "ordering": ordering,
    "matching": matching,
}
ALL_KINDS = tuple(QUESTIONS)


def form_for(response, right=True):
    """The form a person would send to answer this response rightly or wrongly."""
    from assessments.questions.layout import Layout

    version = response.version
    layout = Layout.of(version.content, response.layout_seed)
    place = {key: str(layout.place_of(key)) for key in layout.options}
    if version.kind == "choice":
        return {"choice": place["a" if right else "b"]}
    if version.kind == "multiple":
        return {"choice": [place["a"], place["c" if right else "d"]]}
    if version.kind == "numeric":
        return {"number": "7.5" if right else "8"}
    if version.kind == "short_text":
        return {"text": "seven" if right else "eight"}
    if version.kind == "ordering":
        order = "abcd" if right else "dcba"
        return {f"place_{place[key]}": str(rank) for rank, key in enumerate(order, 1)}
    keys = "abc" if right else "bca"
    return {f"match_{n}": place[key] for n, key in enumerate(keys, 1)}
