import requests


def load(url, timeout):
    with requests.get(url, timeout=timeout) as response:  # hot
        return response.content
