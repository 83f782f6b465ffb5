import numpy as np

from tools.pipeline.scenes.surfaces.texture import Texture
from tools.pipeline.scenes.surfaces.texture_cache import TextureCache


def texture():
    levels = tuple(np.full((size, size, 3), size, np.uint16) for size in (66, 34, 18))
    return Texture(levels, fine=(), period=1.4, fine_period=0.16)


def test_a_skin_is_made_once_and_shared_over_a_restart(tmp_path):
    made = []

    def make():
        made.append(1)
        return texture()

    for _ in range(2):
        cache = TextureCache()
        cache.keep_in(tmp_path, 10**9)
        found = [cache.get("oak", make) for _ in range(2)]
    assert made == [1]
    assert found[0] is found[1]
    assert [level.shape for level in found[0].levels] == [(66, 66, 3), (34, 34, 3), (18, 18, 3)]
    assert (found[0].fine, found[0].period) == ((), 1.4)


def test_without_a_folder_only_the_last_few_are_kept():
    made = []
    cache = TextureCache()
    for name in [*map(str, range(14)), "0", "13"]:
        cache.get(name, lambda name=name: made.append(name) or texture())
    assert made[14:] == ["0"]
