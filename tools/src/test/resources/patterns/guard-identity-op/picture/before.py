# hot: 9
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from PIL import Image


def load(read, wanted: bool):
    image: "Image.Image" = read()
    return image.convert("RGB") if wanted else image
