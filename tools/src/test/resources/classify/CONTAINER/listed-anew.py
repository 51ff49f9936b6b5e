def is_finished(status):
    return status in [  # hot
        Status.STOPPED,
        Status.ABORTED,
    ]
