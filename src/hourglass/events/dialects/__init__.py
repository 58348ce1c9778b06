"""Foreign event vocabularies, one file each: their names and properties -> ours."""

__all__: list[str] = []
