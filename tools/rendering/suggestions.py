"""Scene suggestions for a product, shown in small as soon as its matte is known."""

from django.utils import timezone

from tools.models import Photo
from tools.pipeline import encoding, ops
from tools.pipeline.pixels import drop_alpha
from tools.pipeline.recommending import ranking
from tools.pipeline.recommending.previews import render_previews
from tools.pipeline.run import Run, read_alpha, read_image
from tools.pricing.plans import AttemptPlan
from tools.queue import background
from tools.rendering import warm_scenes
from tools.storage import files


def make(run: Run, plan: AttemptPlan, photo: Photo) -> None:
    """Rank the scenes for the photo's product and draw the first six, once a photo."""
    if plan.tool.alpha is None or photo.suggestions:
        return
    small = plan.small
    alpha = plan.tool.alpha(small, plan.params)
    features = run.value(ops.product(small, alpha))
    ranked = ranking.rank_scenes(dict(features))[: ranking.FIRST]
    pictures = render_previews(
        drop_alpha(read_image(run.value(ops.make_foreground(small, alpha)))),
        read_alpha(run.value(alpha)),
        [item["scene"] for item in ranked],
    )
    for scene, picture in pictures.items():
        files.write_file(
            files.suggestion_path(photo.pk, scene), encoding.encode_webp(picture, quality=85)
        )
    kept = Photo.objects.filter(pk=photo.pk).update(suggestions=ranked, changed=timezone.now())
    if not kept:
        # Deleted meanwhile.
        files.remove_files([files.suggestion_path(photo.pk, scene) for scene in pictures])
        return
    draw_ahead(run, list(pictures), *ops.read_size(small))


def draw_ahead(run: Run, suggested: list[str], width: int, height: int) -> None:
    """Keep the suggested scenes in the photo's size, for as long as nobody waits: it is one of
    these that is picked next.
    """
    for scene in suggested:
        if background.somebody_waits():
            return
        if warm_scenes.is_warm(scene):
            run.value(ops.scene(slug=scene, width=width, height=height, seed=0))
