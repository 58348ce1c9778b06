"""No-break spaces where a Russian text would be torn apart, and nowhere else."""

from __future__ import annotations

import pytest

from hourglass.recipes.typeset import typeset


@pytest.mark.parametrize(
    ("plain", "held"),
    [
        ("Скидка 10 % на всё — до пятницы", "Скидка 10~% на~всё~— до~пятницы"),
        ("Если бы мы и в доме", "Если~бы мы~и~в~доме"),
        ("Нужен ли он вам", "Нужен~ли он~вам"),
        ("{% if a %}Вы {{ x | a: 'в', 'на' }} и{% endif %}", "{% if a %}Вы~{{ x | a: 'в', 'на' }} и{% endif %}"),
        ('<a href="a b">не пишите</a>', '<a href="a b">не~пишите</a>'),
        ("Your 10 % is on us", "Your 10~% is on us"),
    ],
)  # fmt: skip
def test_what_belongs_together_stays_together(plain: str, held: str) -> None:
    assert typeset(plain).replace("\u00a0", "~") == held
    assert typeset(typeset(plain)) == typeset(plain)
