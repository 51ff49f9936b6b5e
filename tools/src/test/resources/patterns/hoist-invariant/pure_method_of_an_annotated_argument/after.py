# hot: 15
from typing import List


class Request:
    def __init__(self, tokens: List[int]):
        self._tokens: List[int] = tokens

    def get_tokens(self) -> List[int]:
        return list(self._tokens)


def ends_with(request: Request, stop_words) -> bool:
    request_tokens = request.get_tokens()
    for words in stop_words:
        if request_tokens[-len(words):] == words:
            return True
    return False
