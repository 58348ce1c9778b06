"""The documents of the demo shop are readable by the stages they are for, and every template renders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import mrml
import pytest
import yaml
from liquid import Environment, StrictUndefined

from hourglass.audience import SEGMENT
from hourglass.demo.shop import SHOP
from hourglass.events import VOCABULARY
from hourglass.journeys import JOURNEY
from hourglass.messages import TEMPLATE, TOPIC

PAPERS = {path.relative_to(SHOP): yaml.safe_load(path.read_text("utf-8")) for path in sorted(SHOP.rglob("*.yaml"))}
LINES = [{"product_id": "85123A", "name": "WHITE MUG & <SAUCER>", "price": 2.55, "quantity": 6}] * 20
SAMPLE: dict[str, Any] = {
    "profile": {"firstName": "Анна"},
    "event": {"order_id": "581587"},
    "cart": {"lines": LINES},
    "order": {"lines": LINES, "value": 306},
    "shop": {"name": "Online Retail demo shop"},
    "preheader": "In short",
    "unsubscribe_url": "https://shop.test/u/1",
    "view_url": "https://shop.test/v/1",
}


def of(kind: str) -> list[Any]:
    return [pytest.param(paper, id=paper["key"]) for paper in PAPERS.values() if paper["kind"] == kind]


def liquid(*, autoescape: bool) -> Environment:
    environment = Environment(autoescape=autoescape, undefined=StrictUndefined)
    environment.filters["money"] = lambda amount: f"£{amount:.2f}"
    return environment


def versions(template: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    return [("en", template), *template["locales"].items()]


def test_each_document_lies_where_export_would_write_it() -> None:
    assert {str(path) for path in PAPERS} == {f"{paper['kind']}/{paper['key']}.yaml" for paper in PAPERS.values()}


@pytest.mark.parametrize("journey", of("journey"))
def test_a_journey_is_readable_and_waits_for_something_that_happens(journey: dict[str, Any]) -> None:
    read = JOURNEY.read(journey)
    assert journey["entry"]["event"] in VOCABULARY
    assert read


@pytest.mark.parametrize("journey", of("journey"))
def test_a_journey_sends_templates_that_are_there(journey: dict[str, Any]) -> None:
    sends = [
        line.split("template:")[1].strip(" }") for line in yaml.safe_dump(journey).splitlines() if "template:" in line
    ]
    assert sends
    assert all(Path("template") / f"{key}.yaml" in PAPERS for key in sends)


@pytest.mark.parametrize("segment", of("segment"))
def test_a_segment_is_readable(segment: dict[str, Any]) -> None:
    assert SEGMENT.read(segment)


@pytest.mark.parametrize("topic", of("topic"))
def test_a_topic_is_readable(topic: dict[str, Any]) -> None:
    assert TOPIC.read(topic)


@pytest.mark.parametrize("template", of("template"))
def test_a_template_is_readable(template: dict[str, Any]) -> None:
    assert TEMPLATE.read(template)


@pytest.mark.parametrize("template", of("template"))
def test_a_template_renders_in_both_languages(template: dict[str, Any]) -> None:
    for locale, version in versions(template):
        made = mrml.to_html(version["mjml"])
        assert not made.warnings
        html = liquid(autoescape=True).from_string(made.content).render(**SAMPLE)
        assert f'lang="{locale}"' in html
        assert "{{" not in html
        assert "{%" not in html
        assert "<SAUCER>" not in html


@pytest.mark.parametrize("template", of("template"))
def test_subject_and_preheader_are_plain_lines_in_their_language(template: dict[str, Any]) -> None:
    for locale, version in versions(template):
        for text in (version["subject"], version["preheader"]):
            line = liquid(autoescape=False).from_string(text).render(**SAMPLE)
            assert 10 < len(line) < 90
            cyrillic = any("а" <= letter <= "я" for letter in line.replace("Анна", "").lower())
            assert cyrillic == (locale == "ru")


@pytest.mark.parametrize("template", of("template"))
def test_marketing_shows_the_way_out_and_transactional_needs_none(template: dict[str, Any]) -> None:
    transactional = template["key"] == "order-confirmation"
    for _, version in versions(template):
        assert ("unsubscribe_url" in version["mjml"]) is not transactional
