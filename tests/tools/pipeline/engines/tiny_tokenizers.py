"""Tokenizers made from bytes, so that no hub is asked for one."""

import json

from tokenizers import Tokenizer, decoders, models, pre_tokenizers, processors
from transformers import CLIPTokenizer, Qwen2TokenizerFast, T5TokenizerFast

QWENS = (
    "<|im_start|>",
    "<|im_end|>",
    "<|vision_start|>",
    "<|vision_end|>",
    "<|vision_pad|>",
    "<|image_pad|>",
    "<|video_pad|>",
)
# What a chat looks like to Qwen, without what it may be asked besides.
CHAT = (
    "{% for message in messages %}<|im_start|>{{ message['role'] }}\n{{ message['content'] }}"
    "<|im_end|>\n{% endfor %}{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)


def letters():
    """How byte-level tokenizers write the 256 bytes."""
    seen = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [byte for byte in range(256) if byte not in seen]
    return [chr(code) for code in (*seen, *range(256, 256 + len(rest)))]


def byte_pairs(folder, tokens):
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "vocab.json").write_text(json.dumps({token: i for i, token in enumerate(tokens)}))
    (folder / "merges.txt").write_text("#version: 0.2\n")


def clip(folder):
    known = letters()
    ends = ["<|startoftext|>", "<|endoftext|>"]
    tokens = [*known, *(letter + "</w>" for letter in known), *ends]
    byte_pairs(folder, tokens)
    named = dict.fromkeys(("unk_token", "eos_token", "pad_token"), ends[1])
    made = CLIPTokenizer.from_pretrained(folder, model_max_length=77, bos_token=ends[0], **named)
    return made, len(tokens)


def t5(folder):
    pieces = [("<pad>", 0.0), ("</s>", 0.0), ("<unk>", -10.0), ("▁", -2.0)]
    pieces += [(chr(code), -3.0) for code in range(33, 127)]
    made = Tokenizer(models.Unigram(pieces, unk_id=2))
    space = {"replacement": "▁", "prepend_scheme": "always"}
    made.pre_tokenizer = pre_tokenizers.Metaspace(**space)
    made.decoder = decoders.Metaspace(**space)
    made.post_processor = processors.TemplateProcessing(
        single="$A </s>", pair="$A </s> $B </s>", special_tokens=[("</s>", 1)]
    )
    folder.mkdir(parents=True, exist_ok=True)
    made.save(str(folder / "tokenizer.json"))
    fast = T5TokenizerFast(
        tokenizer_file=str(folder / "tokenizer.json"),
        eos_token="</s>",
        unk_token="<unk>",
        pad_token="<pad>",
        extra_ids=0,
        model_max_length=512,
    )
    return fast, len(pieces)


def qwen(folder):
    byte_pairs(folder, sorted(letters()))
    end = "<|endoftext|>"
    made = Qwen2TokenizerFast.from_pretrained(
        folder, eos_token="<|im_end|>", pad_token=end, unk_token=end
    )
    made.add_special_tokens({"additional_special_tokens": list(QWENS)})
    made.chat_template = CHAT
    return made, len(made)
