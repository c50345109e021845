"""The charts, as template tags: readings and their doubt as SVG made of attributes and classes alone.

Horizontal places are percentages and heights are pixels, without a viewBox: a chart stretches from
a telephone to a desk and its letters never shrink. Readings are on the rule from 1 to 6; each chart
has words for those who do not see it, and a table.
"""

from collections.abc import Iterable

from django import template

from assessments.templatetags import amounts, hours, many_readings, one_reading, subskills

register = template.Library()

# A chart is a function that says what is drawn and a template of the same name that draws it.
CHARTS = (
    one_reading.level_rule,
    one_reading.small_rule,
    one_reading.precision_bar,
    one_reading.readiness_rule,
    one_reading.level_table,
    one_reading.legend,
    many_readings.profile_chart,
    many_readings.trend_chart,
    many_readings.sitting_chart,
    many_readings.calibration_chart,
    amounts.pay_chart,
    hours.hours_rule,
    subskills.subskill_map,
)
for chart in CHARTS:
    register.inclusion_tag(f"assessments/charts/{chart.__name__}.html")(chart)


@register.filter
def labelled(row: Iterable[str], head: Iterable[str]) -> list[tuple[str, str]]:
    """The cells of a row, each with the name of its column: on a phone they stand under one another."""
    return list(zip(head, row, strict=False))
