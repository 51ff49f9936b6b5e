import re

def parse(text):
    found = re.search("a+b", text)  # hot
    return found
