class Proposer:
    def propose(self, ids):
        ids = self._convert_list_to_device_array(ids)  # hot
        return ids
