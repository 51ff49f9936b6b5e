# hot: 3
async def answers(requests):
    return list(r async for r in requests)
