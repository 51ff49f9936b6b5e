# hot: 8
from typing import TYPE_CHECKING
if TYPE_CHECKING:
    from PIL import Image

def load(read):
    image: "Image.Image" = read()
    if image.mode != "RGB":
        image = image.convert("RGB")
    return image.mode
