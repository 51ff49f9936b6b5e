class FlashAttentionBackend:
    def _apply_graph_metadata(self, seq_lens_cpu):
        most = seq_lens_cpu.max().item()  # hot
        return most + 1
