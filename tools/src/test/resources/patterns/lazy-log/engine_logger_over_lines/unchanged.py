# hot: 6
from tensorrt_llm.logger import logger


def handle(requests):
    logger.debug(f"""handling
    {requests}""")
