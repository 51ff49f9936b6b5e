# hot: 5
# because: may be missing
def pack(x):
    try:
        import json
    except ImportError:
        return None
    return json.dumps(x)
