# hot: 19
from dataclasses import dataclass


@dataclass
class Params:
    data: object
    end: int


class Request:
    data: object
    end: int


def collect(requests: list[Request]):
    out = []
    for r in requests:
        n = r.end + 1
        if r.data is not None:
            params = Params(r.data,
                            r.end)  # for the encoder
            out.append((params, n))
    return out
