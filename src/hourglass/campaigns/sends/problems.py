"""Why a campaign does not go on, in words."""

from __future__ import annotations

from collections.abc import Mapping

UNWELCOME, UNREADY = "unwelcome", "unready"
STOPPED = (UNWELCOME, UNREADY)
"""What stops a send until a person lets it go on, and then not again."""

PROBLEMS: Mapping[str, dict[str, str]] = {
    "segment_building": {"en": "its segment is still being built", "ru": "сегмент ещё собирается"},
    "segment_missing": {"en": "its segment does not exist any more", "ru": "сегмента больше нет"},
    "unwelcome": {
        "en": "too many people reported it as spam (0.3 % and more); resume it only if you know why",
        "ru": "слишком много жалоб на спам (0,3 % и больше); продолжайте, только если знаете причину",
    },
    "unready": {
        "en": "a rule of the large mailboxes for bulk mail is not kept; resume it to send all the same",
        "ru": "не соблюдено правило почтовых служб для массовых рассылок; продолжите, чтобы всё же отправить",
    },
    "people_not_found": {
        "en": "its people could not be looked up; it is tried again",
        "ru": "не удалось найти получателей; попытка повторится",
    },
}


def words_of_problem(code: str | None) -> dict[str, str] | None:
    """The words for a code; None without one."""
    return None if code is None else PROBLEMS.get(code, {"en": code, "ru": code})
