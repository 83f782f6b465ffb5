"""Networks of the real sizes with random weights: as fast as the real ones, and as empty."""

from contextlib import contextmanager
from dataclasses import replace

import torch
from diffusers import (
    AutoencoderKL,
    ControlNetModel,
    EulerDiscreteScheduler,
    FlowMatchEulerDiscreteScheduler,
    FluxFillPipeline,
    FluxKontextPipeline,
    FluxTransformer2DModel,
    StableDiffusionXLControlNetInpaintPipeline,
    StableDiffusionXLInpaintPipeline,
    UNet2DConditionModel,
)
from transformers import (
    CLIPTextConfig,
    CLIPTextModel,
    CLIPTextModelWithProjection,
    T5Config,
    T5EncoderModel,
)

from tests.tools.pipeline.engines import tiny_pipelines, tiny_tokenizers
from tests.tools.pipeline.engines.torchvision_double import standing_in
from tools.pipeline.engines import controlnet, device, diffusion, inpainting
from tools.pipeline.engines.editing import KONTEXT, Redrawing
from tools.pipeline.filling.canvas import Canvas

BLOCKS = (128, 256, 512, 512)
# Of the text encoders one layer is enough: they are read once a picture.
LAYERS = 2


@contextmanager
def made_on_the_device():
    """Weights come into being where and as they are used."""
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float32 if device.name() == "cpu" else torch.bfloat16)
    try:
        with torch.device(device.name()):
            yield
    finally:
        torch.set_default_dtype(before)


def vae(channels, **options):
    return AutoencoderKL(
        block_out_channels=BLOCKS,
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        latent_channels=channels,
        layers_per_block=2,
        **options,
    )


def text(vocabulary, hidden, heads, kind):
    config = CLIPTextConfig(
        vocab_size=vocabulary,
        hidden_size=hidden,
        intermediate_size=4 * hidden,
        num_hidden_layers=LAYERS,
        num_attention_heads=heads,
        projection_dim=hidden,
        bos_token_id=vocabulary - 2,
        eos_token_id=vocabulary - 1,
        pad_token_id=vocabulary - 1,
    )
    return kind(config)


# Of SDXL's network and of the one that reads lines for it.
SDXL_BLOCKS = {
    "block_out_channels": (320, 640, 1280),
    "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
    "transformer_layers_per_block": [1, 2, 10],
    "cross_attention_dim": 2048,
    "attention_head_dim": (5, 10, 20),
    "use_linear_projection": True,
    "addition_embed_type": "text_time",
    "addition_time_embed_dim": 256,
    "projection_class_embeddings_input_dim": 2816,
}


def make_controlnet(folder):
    with made_on_the_device():
        return ControlNetModel(in_channels=4, **SDXL_BLOCKS)


def sdxl_inpaint(folder):
    words, many = tiny_tokenizers.clip(folder / "clip")
    with made_on_the_device():
        unet = UNet2DConditionModel(
            sample_size=128,
            in_channels=9,
            out_channels=4,
            up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
            **SDXL_BLOCKS,
        )
        parts = {
            "vae": vae(4),
            "text_encoder": text(many, 768, 12, CLIPTextModel),
            "text_encoder_2": text(many, 1280, 20, CLIPTextModelWithProjection),
        }
    scheduler = EulerDiscreteScheduler(
        beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear"
    )
    return StableDiffusionXLInpaintPipeline(
        unet=unet, tokenizer=words, tokenizer_2=words, scheduler=scheduler, **parts
    )


def flux(folder, kind, channels):
    words, many = tiny_tokenizers.clip(folder / "clip")
    pieces, more = tiny_tokenizers.t5(folder / "t5")
    with made_on_the_device():
        parts = {
            "transformer": FluxTransformer2DModel(
                in_channels=channels, out_channels=64, guidance_embeds=True
            ),
            "vae": vae(
                16,
                shift_factor=0.1159,
                scaling_factor=0.3611,
                use_quant_conv=False,
                use_post_quant_conv=False,
            ),
            "text_encoder": text(many, 768, 12, CLIPTextModel),
            "text_encoder_2": T5EncoderModel(
                T5Config(
                    vocab_size=more,
                    d_model=4096,
                    d_kv=64,
                    d_ff=10240,
                    num_layers=LAYERS,
                    num_heads=64,
                    feed_forward_proj="gated-gelu",
                    is_encoder_decoder=False,
                    use_cache=False,
                )
            ),
        }
    scheduler = FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True)
    return kind(tokenizer=words, tokenizer_2=pieces, scheduler=scheduler, **parts)


def flux_fill(folder):
    return flux(folder, FluxFillPipeline, 384)


def flux_kontext(folder):
    return flux(folder, FluxKontextPipeline, 64)


MAKERS = {
    "sdxl-inpaint": sdxl_inpaint,
    controlnet.CONTROL: controlnet,
    "flux-fill": flux_fill,
    "flux-kontext": flux_kontext,
}
MODELS = {
    "sdxl": inpainting.SDXL,
    "sdxl-lightning": inpainting.LIGHTNING,
    controlnet.NAME: controlnet.OUTLINED,
    "flux-fill": inpainting.FLUX_FILL,
    "flux-kontext": KONTEXT,
}


def pipe(name, folder, *, tiny=False, compiled=False):
    """One of our pipes around such a pipeline, on this process's device."""
    model, makers = MODELS[name], tiny_pipelines.MAKERS if tiny else MAKERS
    if tiny:
        given = dict(model.given)
        if name.startswith("flux"):
            given["max_sequence_length"] = 16
        model = replace(model, canvas=Canvas(64 * 64, 16), steps=2, given=given)
    made = makers[model.weights](folder)
    if name == controlnet.NAME:
        control = makers[controlnet.CONTROL](folder)
        made = StableDiffusionXLControlNetInpaintPipeline(**made.components, controlnet=control)
    made.set_progress_bar_config(disable=True)
    made = made.to(device.name())
    if compiled:
        diffusion.hastened(made)
    kinds = {"flux-kontext": Redrawing, controlnet.NAME: controlnet.Outlined}
    ours = object.__new__(kinds.get(name, diffusion.Pipe))
    ours.model, ours.device, ours.pipe = model, device.name(), made
    return ours


def enlarger(name, *, tiny=False):
    """A network of spandrel's, as `restoring.Network` would have it."""
    from tools.pipeline.engines.restoring import Enlarger

    with standing_in():
        from spandrel import ModelLoader
        from spandrel.architectures.ESRGAN import ESRGAN
        from spandrel.architectures.SPAN import SPAN

    torch.manual_seed(0)
    if name == "span":
        network = SPAN(num_in_ch=3, num_out_ch=3, feature_channels=8 if tiny else 48, upscale=2)
    else:
        network = ESRGAN(
            in_nc=12,
            num_filters=4 if tiny else 64,
            num_blocks=1 if tiny else 23,
            scale=1,
            shuffle_factor=2,
        )
    ours = object.__new__(Enlarger)
    ours.device = device.name()
    ours.model = ModelLoader(ours.device).load_from_state_dict(network.state_dict()).eval()
    if ours.device != "cpu" and ours.model.supports_bfloat16:
        ours.model.bfloat16()
    ours.scale = int(ours.model.scale)
    return ours
