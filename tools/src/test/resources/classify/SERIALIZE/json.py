import json

def answer(x):
    return json.dumps(x)  # hot
