import torch


def attend(self, query: torch.Tensor, metadata):
    tokens = metadata.query_start_loc[-1]
    query = query[:tokens]  # hot
    return query
