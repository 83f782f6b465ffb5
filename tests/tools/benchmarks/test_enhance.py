import numpy as np
from PIL import Image

from tools.benchmarks import enhance


def test_each_task_is_a_row_with_what_it_gained(tmp_path):
    folder = tmp_path / "product-clean"
    folder.mkdir()
    ramp = np.tile(np.linspace(40, 200, 48, dtype=np.uint8)[None, :, None], (48, 1, 3))
    Image.fromarray(ramp).save(folder / "ramp.png")
    rows = enhance.measure(tmp_path)
    assert len(rows) == 3
    for row in rows:
        assert row["pictures"] == 1
        assert row["gain"] == row["psnr_after"] - row["psnr_before"]
        assert row["gain"] > 3
