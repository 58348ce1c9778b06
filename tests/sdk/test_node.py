"""@segment/analytics-node, as it comes from npm."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hourglass.postgres import Database
from tests.sdk.calls import assert_understood, by_name
from tests.web.collect.serving import serving

HERE = Path(__file__).parent


def test_the_node_sdk_works_by_changing_its_host(database: Database, data: Path) -> None:
    node = shutil.which("node", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}")
    if node is None or not (HERE / "node_modules" / "@segment").is_dir():
        pytest.skip("no Node or no packages: run `make npm`")
    with serving(database, data) as door:
        environment = os.environ | {"HOST": door.url, "KEY": door.key}
        done = subprocess.run(
            [node, "shop.mjs"], cwd=HERE, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        assert done.returncode == 0, done.stderr
        events = door.events()
    assert_understood(events)
    said = by_name(events)
    assert said["Screen Viewed"].properties["name"] == "Cart"
    assert said["Page Viewed"].anonymous_id == "device-1"
    assert 3590 < (said["Tea Tasted"].received_at - said["Tea Tasted"].at).total_seconds() < 3660
    assert said["Order Completed"].context["library"]["name"] == "@segment/analytics-node"
