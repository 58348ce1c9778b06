"""Product categories, read from words of the product's name; the data itself has none."""

from __future__ import annotations

import re
from functools import cache

# The first row with a word of the name wins; a word counts in singular and plural.
_WORDS = (
    ("Christmas", "CHRISTMAS XMAS ADVENT SANTA REINDEER SNOWMAN SNOWFLAKE BAUBLE ANGEL NOEL"),
    ("Bags", "BAG SHOPPER RUCKSACK PURSE HANDBAG TOTE"),
    ("Light & candles", "T-LIGHT TEALIGHT CANDLE LANTERN LIGHT LAMP NIGHTLIGHT LAMPSHADE CANDLESTICK"),
    ("Kitchen", ("MUG CUP TEACUP SAUCER PLATE BOWL JAR TEAPOT APRON BAKING CAKE CAKESTAND SPOON JUG CUTLERY "
                 "LUNCH BOTTLE TEA COFFEE KITCHEN TIN NAPKIN TRAY EGG GLASS RECIPE PANTRY TOWEL COASTER PLACEMAT")),
    ("Garden", "GARDEN PLANT FLOWER BIRD WATERING HERB PARASOL BUTTERFLY TROWEL"),
    ("Toys & games", "TOY GAME PUZZLE DOLL DOLLY DINOSAUR SOLDIER JIGSAW SKIPPING MARBLE BLOCK SPACEBOY PLAYHOUSE KIT"),
    ("Party", "PARTY BUNTING BALLOON GARLAND CONFETTI STREAMER"),
    ("Stationery", "CARD PAPER WRAP NOTEBOOK PEN PENCIL STICKER TAPE JOURNAL CALENDAR POSTCARD RIBBON TAG STAMP RULER"),
    ("Jewellery", "NECKLACE EARRING BRACELET RING BROOCH BANGLE PENDANT JEWELLERY TRINKET HAIR"),
    ("Textiles", "CUSHION QUILT BLANKET THROW SCARF RUG TEXTILE FABRIC"),
    ("Home", ("CLOCK FRAME MIRROR HANGER HOOK DOORMAT SIGN CABINET DRAWER BOX BASKET HEART WICKER DECORATION METAL "
              "DOOR HOLDER STORAGE PARTITION WARMER")),
)  # fmt: skip
_CATEGORY = {word: category for category, words in reversed(_WORDS) for word in words.split()}
_RANK = {category: rank for rank, (category, _) in enumerate(_WORDS)}
_WORD = re.compile(r"[A-Z][A-Z-]+")


@cache
def category_of(name: str) -> str:
    """The category of a product by its name, "Gifts" when no word tells."""
    words = _WORD.findall(name.upper())
    found = {_CATEGORY[form] for word in words for form in (word, word.removesuffix("S")) if form in _CATEGORY}
    return min(found, key=_RANK.__getitem__, default="Gifts")
