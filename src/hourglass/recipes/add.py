"""Adds a recipe to a workspace: its documents are saved like any others, and are the shop's own from then on."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec import Struct

from hourglass.definitions import Definition, Document, Kinds, list_all, put
from hourglass.kernel import Conflict, Workspace
from hourglass.postgres import Transaction
from hourglass.recipes.catalogue import recipe
from hourglass.recipes.compose import RecipeChoice, compose
from hourglass.recipes.needs import RecipeNeed, needs
from hourglass.recipes.pools import RecipePool, fill_pools

Standing = dict[tuple[str, str], Definition]


class RecipePlaced(Struct, frozen=True, kw_only=True):
    """What became of one document; `kept`: it stands already and many share it."""

    kind: str
    key: str
    action: Literal["created", "updated", "kept"]
    version: int


class RecipeAdded(Struct, frozen=True, kw_only=True):
    """The documents, the pools of codes, the state of the journey, and what has to be done before it can work."""

    key: str
    state: str
    documents: list[RecipePlaced]
    pools: list[RecipePool]
    to_do: list[RecipeNeed]


def add(
    tx: Transaction, workspace: Workspace, key: str, choice: RecipeChoice, *, kinds: Kinds, author: str, now: datetime
) -> RecipeAdded:
    """Save the documents of a recipe; the journey is a draft unless `live` is chosen.

    Raises NotFound, Malformed for a setting, Conflict when some of it stands already and `again` was not said.
    """
    wanted = recipe(key)
    documents = compose(wanted, choice)
    standing: Standing = {(one.kind, one.key): one for one in list_all(tx, workspace.id)}
    if not choice.again:
        _refuse_twice(key, documents, standing)
    placed = [_place(tx, workspace, one, choice, standing, kinds, author, now) for one in documents]
    journey = next(one for one in list_all(tx, workspace.id, "journey") if one.key == key)
    lacking = needs(tx, workspace.id, [wanted], now)[key]
    to_do = [one for one in lacking if not one.met]
    pools = fill_pools(tx, workspace.id, wanted, now)
    return RecipeAdded(key=key, state=journey.state, documents=placed, pools=pools, to_do=to_do)


def _refuse_twice(key: str, documents: list[Document], standing: Standing) -> None:
    taken = [f"{one['kind']}/{one['key']}" for one in documents
             if one["kind"] != "snippet" and (one["kind"], one["key"]) in standing]  # fmt: skip
    if taken:
        raise Conflict(
            f"“{key}” was added before, or its keys are taken: {', '.join(taken)}. "
            "Say `again` to save the recipe over them as new versions; the old ones stay in the history."
        )


def _place(
    tx: Transaction,
    workspace: Workspace,
    document: Document,
    choice: RecipeChoice,
    standing: Standing,
    kinds: Kinds,
    author: str,
    now: datetime,
) -> RecipePlaced:
    kind, key = document["kind"], document["key"]
    before = standing.get((kind, key))
    if before is not None and kind == "snippet":
        return RecipePlaced(kind=kind, key=key, action="kept", version=before.version)
    if before is not None and not choice.live and "state" in document:
        document = {**document, "state": before.state}
    saved = put(tx, workspace.id, document, kinds=kinds, author=author, now=now)
    action = "created" if before is None else "kept" if saved.version == before.version else "updated"
    return RecipePlaced(kind=kind, key=key, action=action, version=saved.version)
