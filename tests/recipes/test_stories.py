"""Each recipe plays its story: who gets which mail when, and who gets none and why."""

from __future__ import annotations

from datetime import timedelta

import pytest

from hourglass.messages import Wish, preview
from hourglass.recipes import recipe, recipes
from tests.engine.shop import Shop
from tests.recipes.story import STORIES, Story, read_story
from tests.recipes.week import Week, brought, reasons, sent, tasks, unsubscribed

KEYS = [one.key for one in recipes()]
_LATE = timedelta(minutes=15)


def test_every_recipe_has_a_story() -> None:
    assert {path.stem for path in STORIES.glob("*.yaml")} == set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_the_story_brings_these_mails_and_no_others(shop: Shop, key: str) -> None:
    story = read_story(key)
    found: list[str] = []
    week = Week(shop, key, story, lambda id_: found.extend(_faults(week, id_)))
    week.play()
    wanted = sorted((one.moment, one.who, one.template) for one in story.messages)
    came = sent(week)
    assert [one[1:] for one in came] == [one[1:] for one in wanted], came
    for (at, who, template), (expected, _, _) in zip(came, wanted, strict=True):
        assert expected <= at <= expected + _LATE, (who, template, at)
    for one in story.silence:
        assert one.reason in reasons(week, one.who, one.template), (one, reasons(week, one.who, one.template))
    assert found == []
    assert tasks(week) == sorted(story.tasks)
    assert unsubscribed(week) == set(story.gone)
    assert brought(week).reached == len({one.who for one in story.messages})
    _told_whole(key, story)


def _told_whole(key: str, story: Story) -> None:
    """A story shows every mail of its recipe, somebody who gets none, and both languages."""
    made = recipe(key)
    assert {one["key"] for one in made.templates} == {one.template for one in story.messages}
    assert story.silence
    assert {story.people[one.who].locale for one in story.messages} == {"en", "ru"}


def _faults(week: Week, id_: int) -> list[str]:
    """What is missing in a mail or wrong with it, in both languages, with the facts of the moment it left."""
    [(template, person, facts)] = week.shop.rows("SELECT template, profile_id, facts FROM messages WHERE id = %s", id_)
    found: list[str] = []
    for locale in ("en", "ru"):
        event, steps = facts.get("properties") or {}, facts.get("steps") or {}
        wish = Wish(template=template, profile_id=person, locale=locale, event=event, steps=steps)
        with week.shop.database.transaction() as tx:
            seen = preview(tx, week.workspace(), wish, "https://mail.field.shop", week.shop.clock.now()).preview
        assert seen.refused is None, (template, locale, seen.refused)
        cyrillic = any("а" <= letter <= "я" for letter in seen.subject.lower())
        assert cyrillic == (locale == "ru"), seen.subject
        found += [f"{template} {locale}: {one.en}" for one in seen.warnings]
    return found
