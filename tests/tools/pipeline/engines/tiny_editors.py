"""Pipelines of random weights of the kinds that Qwen reads the words for."""

import json

import torch
from diffusers import (
    AutoencoderKLFlux2,
    AutoencoderKLQwenImage,
    FlowMatchEulerDiscreteScheduler,
    Flux2KleinPipeline,
    Flux2Transformer2DModel,
    QwenImageEditPlusPipeline,
    QwenImageTransformer2DModel,
)
from transformers import (
    Qwen2_5_VLConfig,
    Qwen2_5_VLForConditionalGeneration,
    Qwen3Config,
    Qwen3ForCausalLM,
)
from transformers.models.qwen2_vl.image_processing_pil_qwen2_vl import Qwen2VLImageProcessorPil

from tests.tools.pipeline.engines import tiny_tokenizers
from tools.pipeline.engines.editing import reader

CHANNELS = 4
HIDDEN = 16


def klein(folder):
    words, vocabulary = tiny_tokenizers.qwen(folder / "_qwen")
    torch.manual_seed(0)
    text = Qwen3ForCausalLM(
        Qwen3Config(
            vocab_size=vocabulary,
            hidden_size=HIDDEN,
            intermediate_size=32,
            num_hidden_layers=3,
            num_attention_heads=2,
            num_key_value_heads=1,
            head_dim=8,
            tie_word_embeddings=True,
        )
    )
    transformer = Flux2Transformer2DModel(
        in_channels=4 * CHANNELS,
        num_layers=1,
        num_single_layers=1,
        attention_head_dim=16,
        num_attention_heads=2,
        joint_attention_dim=3 * HIDDEN,
        timestep_guidance_channels=16,
        axes_dims_rope=(4, 4, 4, 4),
        guidance_embeds=False,
    )
    vae = AutoencoderKLFlux2(
        block_out_channels=(8, 16, 16, 16),
        latent_channels=CHANNELS,
        layers_per_block=1,
        norm_num_groups=4,
    )
    return Flux2KleinPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True),
        vae=vae,
        text_encoder=text,
        tokenizer=words,
        transformer=transformer,
        is_distilled=True,
    )


def qwen(folder):
    words, vocabulary = tiny_tokenizers.qwen(folder / "_qwen")
    torch.manual_seed(0)
    ids = {
        f"{name}_token_id": words.convert_tokens_to_ids(f"<|{token}|>")
        for name, token in (
            ("image", "image_pad"),
            ("video", "video_pad"),
            ("vision_start", "vision_start"),
            ("vision_end", "vision_end"),
        )
    }
    text = Qwen2_5_VLForConditionalGeneration(
        Qwen2_5_VLConfig(
            text_config={
                "vocab_size": vocabulary,
                "hidden_size": HIDDEN,
                "intermediate_size": 32,
                "num_hidden_layers": 2,
                "num_attention_heads": 2,
                "num_key_value_heads": 1,
                "rope_scaling": {
                    "type": "default",
                    "mrope_section": [1, 1, 2],
                    "rope_type": "default",
                },
                "max_position_embeddings": 4096,
            },
            vision_config={
                "depth": 2,
                "hidden_size": 16,
                "intermediate_size": 16,
                "num_heads": 2,
                "out_hidden_size": HIDDEN,
                "fullatt_block_indexes": [0],
            },
            bos_token_id=None,
            eos_token_id=None,
            **ids,
        )
    )
    transformer = QwenImageTransformer2DModel(
        in_channels=16,
        out_channels=4,
        num_layers=2,
        attention_head_dim=16,
        num_attention_heads=3,
        joint_attention_dim=HIDDEN,
        axes_dims_rope=(8, 4, 4),
    )
    vae = AutoencoderKLQwenImage(
        base_dim=24,
        z_dim=4,
        dim_mult=[1, 2, 4],
        num_res_blocks=1,
        temperal_downsample=[False, True],
        latents_mean=[0.0] * 4,
        latents_std=[1.0] * 4,
    )
    (folder / "_see" / "processor").mkdir(parents=True, exist_ok=True)
    Qwen2VLImageProcessorPil().save_pretrained(folder / "_see" / "processor")
    words.save_pretrained(folder / "_see" / "tokenizer")
    return QwenImageEditPlusPipeline(
        scheduler=FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True),
        vae=vae,
        text_encoder=text,
        tokenizer=words,
        processor=reader(folder / "_see"),
        transformer=transformer,
    )


MAKERS = {"flux2-klein": klein, "qwen-image-edit": qwen}


def save(pipe, folder):
    """As the hub has it: a processor is one of transformers' own."""
    pipe.save_pretrained(folder)
    index = json.loads((folder / "model_index.json").read_text())
    if "processor" in index:
        index["processor"] = ["transformers", "Qwen2VLProcessor"]
    (folder / "model_index.json").write_text(json.dumps(index))
