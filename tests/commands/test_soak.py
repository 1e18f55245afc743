"""What a server takes does not grow with what it has answered (D9).

``make bench ARGS=soak`` asks a hundred thousand times.
"""

import pytest

from tests.conftest import serving
from tests.processes import PROC, ask, taken
from tests.support.places import place

pytestmark = pytest.mark.trial

STORY = "pyongyang-moscou"
PATHS = [
    *(f"/fr/{STORY}/{place('fr', position)}/" for position in range(1, 18)),
    *(f"/en/{STORY}/{place('en', position)}/?q=x" for position in range(1, 18)),  # not kept
    f"/embed/en/{STORY}/{place('en', 3)}/?theme=dark",
    f"/fr+en/{STORY}/",
    f"/fr/{STORY}/all/",
    f"/fr/{STORY}/{place('fr', 1)}/card.png",
    "/fr/search?q=moscou",
    "/fr/nothing/",
    "/sitemap.xml",
    f"/oembed?url=http://127.0.0.1/fr/{STORY}/1/",
]


@pytest.mark.skipif(not PROC.exists(), reason="no /proc to look at")
def test_descriptors_and_threads_stay_as_they_are() -> None:
    """Long and many requests end quickly, and memory stays (D9)."""
    with serving() as address:
        wrong = ask(address, PATHS, 600, readers=8)
        before = taken(address)

        wrong += ask(address, PATHS, 3000)

        after = taken(address)
    assert wrong == []
    assert after.descriptors <= before.descriptors
    assert after.threads <= before.threads
