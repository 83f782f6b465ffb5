"""Pipelines of the real kinds with a few thousand random weights, saved as the real ones are."""

import torch
from diffusers import (
    AutoencoderKL,
    ControlNetModel,
    EulerDiscreteScheduler,
    FlowMatchEulerDiscreteScheduler,
    FluxFillPipeline,
    FluxKontextPipeline,
    FluxTransformer2DModel,
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

from tests.tools.pipeline.engines import tiny_tokenizers

# Of latents; packed two by two by FLUX, whose Fill sees the masked picture and the mask as well.
CHANNELS = 4
PACKED = 4 * CHANNELS
FILL = PACKED + PACKED + 4 * 64


def vae(**options):
    torch.manual_seed(0)
    return AutoencoderKL(
        block_out_channels=(8, 16, 16, 16),
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        latent_channels=CHANNELS,
        norm_num_groups=4,
        layers_per_block=1,
        **options,
    )


def text(vocabulary, kind=CLIPTextModel):
    torch.manual_seed(0)
    config = CLIPTextConfig(
        vocab_size=vocabulary,
        hidden_size=16,
        intermediate_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        projection_dim=16,
        max_position_embeddings=77,
        bos_token_id=vocabulary - 2,
        eos_token_id=vocabulary - 1,
        pad_token_id=vocabulary - 1,
    )
    return kind(config)


# Of SDXL's network and of the one that reads lines for it.
SDXL_BLOCKS = {
    "block_out_channels": (8, 16),
    "layers_per_block": 1,
    "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D"),
    "transformer_layers_per_block": [1, 1],
    "cross_attention_dim": 32,
    "attention_head_dim": (2, 4),
    "norm_num_groups": 4,
    "use_linear_projection": True,
    "addition_embed_type": "text_time",
    "addition_time_embed_dim": 8,
    "projection_class_embeddings_input_dim": 16 + 6 * 8,
}


def controlnet(folder):
    torch.manual_seed(5)
    made = ControlNetModel(in_channels=CHANNELS, **SDXL_BLOCKS)
    # Before it has learned anything it says nothing, and sees next to nothing.
    with torch.no_grad():
        for name, each in made.named_parameters():
            if not each.any():
                torch.nn.init.normal_(each, std=0.3)
            elif name.startswith("controlnet_cond_embedding"):
                each.mul_(4)
    return made


def sdxl_inpaint(folder):
    words, vocabulary = tiny_tokenizers.clip(folder / "_clip")
    torch.manual_seed(0)
    unet = UNet2DConditionModel(
        sample_size=8,
        in_channels=9,
        out_channels=4,
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        **SDXL_BLOCKS,
    )
    return StableDiffusionXLInpaintPipeline(
        vae=vae(),
        text_encoder=text(vocabulary),
        text_encoder_2=text(vocabulary, CLIPTextModelWithProjection),
        tokenizer=words,
        tokenizer_2=words,
        unet=unet,
        scheduler=EulerDiscreteScheduler(
            beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear"
        ),
    )


def flux(folder, kind, channels):
    """A pipeline of the first FLUX's family."""
    words, vocabulary = tiny_tokenizers.clip(folder / "_clip")
    pieces, many = tiny_tokenizers.t5(folder / "_t5")
    torch.manual_seed(0)
    transformer = FluxTransformer2DModel(
        patch_size=1,
        in_channels=channels,
        out_channels=PACKED,
        num_layers=1,
        num_single_layers=1,
        attention_head_dim=16,
        num_attention_heads=2,
        joint_attention_dim=32,
        pooled_projection_dim=16,
        axes_dims_rope=(4, 4, 8),
        guidance_embeds=True,
    )
    long = T5EncoderModel(
        T5Config(
            vocab_size=many,
            d_model=32,
            d_kv=8,
            d_ff=64,
            num_layers=1,
            num_heads=4,
            feed_forward_proj="gated-gelu",
            is_encoder_decoder=False,
            use_cache=False,
        )
    )
    scaled = {"shift_factor": 0.1, "scaling_factor": 0.36}
    return kind(
        vae=vae(**scaled, use_quant_conv=False, use_post_quant_conv=False),
        text_encoder=text(vocabulary),
        tokenizer=words,
        text_encoder_2=long,
        tokenizer_2=pieces,
        transformer=transformer,
        scheduler=FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True),
    )


def flux_fill(folder):
    return flux(folder, FluxFillPipeline, FILL)


def flux_kontext(folder):
    return flux(folder, FluxKontextPipeline, PACKED)


MAKERS = {
    "sdxl-inpaint": sdxl_inpaint,
    "sdxl-controlnet-canny": controlnet,
    "flux-fill": flux_fill,
    "flux-kontext": flux_kontext,
}


def lora(pipe, folder, name, seed=1):
    """A LoRA of random weights for the pipeline, as a file."""
    from peft import LoraConfig
    from peft.utils import get_peft_model_state_dict

    part = "unet" if hasattr(pipe, "unet") else "transformer"
    network = getattr(pipe, part)
    torch.manual_seed(seed)
    targets = ["to_q", "to_k", "to_v", "to_out.0"]
    config = LoraConfig(r=2, lora_alpha=8, init_lora_weights=False, target_modules=targets)
    network.add_adapter(config, adapter_name="made")
    weights = get_peft_model_state_dict(network, adapter_name="made")
    folder.mkdir(parents=True, exist_ok=True)
    type(pipe).save_lora_weights(
        folder, weight_name=f"{name}.safetensors", **{f"{part}_lora_layers": weights}
    )
    network.delete_adapters("made")
