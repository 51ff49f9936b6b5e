# hot: 6
# because: not seen to be a picture
from PIL import Image

def load(tokenizer):
    return tokenizer.convert("RGB")
