from engine import _custom_ops as ops


def copy_blocks(key_caches, value_caches, moves):
    ops.copy_blocks(key_caches, value_caches, moves)  # hot
