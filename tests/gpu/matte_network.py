"""A network of BiRefNet's size for `segment(batch)`: its own code comes with its weights, which is
not here. The backbone is the one that it has (Swin-L, at the whole side and at half of it); the
decoder is plain convolutions where it has deformable ones, as many as make up its 2.9 TFLOP.
"""

import torch
from transformers import SwinBackbone, SwinConfig

from tools.pipeline.engines import device
from tools.pipeline.engines.birefnet import Segmenter

SIDE = 1024
LARGE = {"embed_dim": 192, "depths": [2, 2, 18, 2], "num_heads": [6, 12, 24, 48], "window_size": 12}
SMALL = {"embed_dim": 8, "depths": [1, 1, 1, 1], "num_heads": [1, 1, 1, 1], "window_size": 2}
# Channels of the decoder at a quarter of the side.
WIDE, NARROW = 424, 8


class Network(torch.nn.Module):
    def __init__(self, *, tiny):
        super().__init__()
        stages = ["stage1", "stage2", "stage3", "stage4"]
        config = SwinConfig(image_size=SIDE, out_features=stages, **(SMALL if tiny else LARGE))
        self.backbone = SwinBackbone(config)
        width = NARROW if tiny else WIDE
        channels = [2 * config.embed_dim * 2**stage for stage in range(len(stages))]
        self.sides = torch.nn.ModuleList(torch.nn.Conv2d(many, width, 1) for many in channels)
        self.blocks = torch.nn.ModuleList(
            torch.nn.Conv2d(width, width, 3, padding=1) for _ in stages for _ in range(3)
        )
        self.last = torch.nn.Conv2d(width, 1, 1)

    @property
    def dtype(self):
        return self.last.weight.dtype

    def forward(self, pictures):
        half = torch.nn.functional.interpolate(pictures, scale_factor=0.5, mode="bilinear")
        whole = self.backbone(pictures).feature_maps
        small = self.backbone(half).feature_maps
        decoded = 0
        for at in reversed(range(len(whole))):
            both = [whole[at], resized(small[at], whole[at])]
            decoded = self.sides[at](torch.cat(both, 1)) + resized(decoded, whole[at])
            for block in self.blocks[3 * at : 3 * at + 3]:
                decoded = torch.relu(block(decoded))
        return [resized(self.last(decoded), pictures)]


def resized(maps, like):
    if isinstance(maps, int):
        return maps
    return torch.nn.functional.interpolate(maps, size=like.shape[-2:], mode="bilinear")


def segmenter(*, tiny=False):
    """Our engine around such a network, on this process's device."""
    torch.manual_seed(0)
    ours = object.__new__(Segmenter)
    ours.side, ours.device = 64 if tiny else SIDE, device.name()
    half = torch.float32 if ours.device == "cpu" else torch.bfloat16
    ours.model = Network(tiny=tiny).to(ours.device, half).eval()
    return ours
