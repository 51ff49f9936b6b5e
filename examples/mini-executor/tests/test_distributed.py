import pytest

from mini_executor.distributed import Communicator, Mapping, RankState


def test_a_lone_rank_gathers_what_it_gave():
    state = RankState(rank=0, num_active_requests=3, num_waiting_requests=1, num_active_tokens=42)
    assert Communicator(Mapping()).tp_allgather(state) == [state]


def test_ranks_are_numbered_below_their_count():
    with pytest.raises(ValueError, match="rank 2"):
        Mapping(rank=2, tp_size=2)
