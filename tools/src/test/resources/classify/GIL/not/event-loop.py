import asyncio
async def pump(queue):
    while True:
        item = await queue.get()
        handle(item)  # hot
        await asyncio.sleep(0)
