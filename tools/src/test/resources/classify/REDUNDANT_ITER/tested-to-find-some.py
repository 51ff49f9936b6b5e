def structured(scheduled, requests):
    return [r for r in scheduled if requests[r].is_structured]  # hot
