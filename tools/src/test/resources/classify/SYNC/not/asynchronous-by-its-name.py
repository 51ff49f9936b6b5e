async def drop(core, ids):
    await core.abort_requests_async(ids)  # hot
