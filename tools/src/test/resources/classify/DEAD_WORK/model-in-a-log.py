def create(request):
    logger.debug("Received %s", request.model_dump_json())  # hot
    return request
