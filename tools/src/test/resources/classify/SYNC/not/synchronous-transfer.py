def send(self, session, blocks):
    for source, target, length in blocks:
        status = self.engine.transfer_sync(session, source, target, length)  # hot
        if status != 0:
            return status
    return 0
