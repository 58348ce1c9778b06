"""The demo shop's marketing: the documents beside this file, starters and recipes; so that later edits stay, once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from hourglass import campaigns
from hourglass.definitions import Kinds, apply_folder, put
from hourglass.kernel import Conflict, NotFound, Workspace
from hourglass.messages import starter_documents
from hourglass.postgres import Transaction
from hourglass.recipes import RecipeChoice, add

SHOP = Path(__file__).with_name("shop")
RECIPES: Mapping[str, dict[str, str | int]] = {
    "welcome": {"second": "1d", "third": "2d", "fourth": "2d"},
    "browse-abandonment": {},
    "abandoned-cart": {},
    "abandoned-checkout": {},
    "order-placed": {},
    "order-shipped": {},
    "thanks-and-tips": {"tips": "3d"},
    "win-back": {"wait": "4d", "second": "1d", "third": "1d"},
}
"""Those that a week shows something of, and what is quicker in it than in a shop of one's own."""


STARTERS = ("newsletter",)
CAMPAIGN = "quiet-evenings"


def open_shop(tx: Transaction, workspace: Workspace, kinds: Kinds, now: datetime) -> int:
    """Apply every document and add the recipes, live from the beginning; returns how many documents there are."""
    starters = starter_documents(STARTERS)
    for document in starters:
        put(tx, workspace.id, document, kinds=kinds, author="demo", now=now)
    found = len(starters) + len(apply_folder(tx, workspace.id, SHOP, kinds, "demo", now))
    for key, settings in RECIPES.items():
        choice = RecipeChoice(settings=settings, locale=workspace.locale, live=True)
        found += len(add(tx, workspace, key, choice, kinds=kinds, author="demo", now=now).documents)
    return found


def send_letter(tx: Transaction, workspace: Workspace, now: datetime) -> bool:
    """Let the campaign go out, unless it did or somebody put it away; whether it was this time."""
    try:
        campaigns.send(tx, workspace, CAMPAIGN, "demo", now)
    except (Conflict, NotFound):
        return False
    return True
