"""The loop: fetch, schedule, forward, sample, respond."""
from __future__ import annotations

import gc
import logging
import time
from dataclasses import dataclass
from typing import Dict, List, Optional

import accel
from mini_executor.distributed import Communicator, RankState
from mini_executor.host_profiler import host_profiler_context
from mini_executor.iter_stats import IterationStats, IterationStatsLog, RequestStats
from mini_executor.llm_request import (FinishReason, LlmRequest, LlmRequestState, LlmResponse)
from mini_executor.model_engine import ModelEngine
from mini_executor.request_queue import ExecutorRequestQueue
from mini_executor.resource_manager import KVCacheManager, ResourceManager
from mini_executor.sampler import Sampler, SampleState
from mini_executor.scheduler import RequestScheduler, ScheduledRequests

logger = logging.getLogger(__name__)

KV_POOL_REBALANCE_INTERVAL = 10
GC_INTERVAL = 40


@dataclass
class BatchState:
    """A step whose tokens are known and whose clients have not been answered yet."""

    scheduled: ScheduledRequests
    iteration: int
    forward_time_ms: float
    kv_bytes: int


class PyExecutor:
    """Runs requests in batches that change from step to step.

    While the device works on a step, the host answers the clients of the step before.
    """

    def __init__(self, request_queue: ExecutorRequestQueue, scheduler: RequestScheduler,
                 resource_manager: ResourceManager, model_engine: ModelEngine, sampler: Sampler,
                 dist: Communicator) -> None:
        self.request_queue = request_queue
        self.scheduler = scheduler
        self.resource_manager = resource_manager
        self.model_engine = model_engine
        self.sampler = sampler
        self.dist = dist
        self.kv_cache_manager: KVCacheManager = model_engine.kv_cache_manager
        self.active_requests: List[LlmRequest] = []
        self.previous_batch: Optional[BatchState] = None
        self.responses: Dict[int, List[LlmResponse]] = {}
        self.iteration_stats = IterationStatsLog()
        self.iter_counter = 0
        self._forward_time_ms = 0.0
        self._kv_bytes = 0

    def enqueue_requests(self, requests: List[LlmRequest]) -> None:
        self.request_queue.enqueue_requests(requests)

    def cancel_request(self, request_id: int) -> None:
        self.request_queue.enqueue_cancel_request(request_id)

    def get_latest_iteration_stats(self) -> List[str]:
        return self.iteration_stats.fetch()

    def event_loop(self) -> None:
        """Works until nothing is queued, waiting or running."""
        with host_profiler_context():
            while self._executor_iteration():
                pass

    def _executor_iteration(self) -> bool:
        scheduled = self._prepare_and_schedule_batch()
        if not scheduled.batch_size and self.previous_batch is None:
            return bool(self.active_requests or self.request_queue.num_waiting)
        sample_state = None
        if scheduled.batch_size:
            self.resource_manager.prepare_resources(scheduled)
            outputs = self._forward_step(scheduled)
            sample_state = self._sample_async(scheduled, outputs)
        if self.previous_batch is not None:
            self._process_previous_batch(self.previous_batch)
            self.previous_batch = None
        if sample_state is not None:
            self._update_requests(sample_state)
            self.previous_batch = BatchState(scheduled, self.iter_counter, self._forward_time_ms,
                                             self._kv_bytes)
        self.iter_counter += 1
        return True

    def _prepare_and_schedule_batch(self) -> ScheduledRequests:
        self._fetch_and_activate_new_requests()
        self._handle_canceled_requests()
        if self.iter_counter % KV_POOL_REBALANCE_INTERVAL == 0:
            self.kv_cache_manager.rebalance()
        if self.iter_counter % GC_INTERVAL == 0:
            gc.collect()
        return self._schedule()

    def _fetch_and_activate_new_requests(self) -> None:
        self.request_queue.fetch_requests()
        self.request_queue.update_waiting_queue()
        num_tokens = 0
        for request in self.active_requests:
            num_tokens += len(request.get_tokens())
        num_finished = 0
        for request in self.active_requests:
            num_finished += 1 if request.is_finished else 0
        states = self.dist.tp_allgather(
            RankState(self.dist.mapping.rank, len(self.active_requests),
                      self.request_queue.num_waiting, num_tokens, num_finished))
        most_active = max(state.num_active_requests for state in states)
        room = self.scheduler.max_batch_size - most_active
        if room > 0:
            self.active_requests.extend(self.request_queue.pop_from_waiting_queue(room))

    def _handle_canceled_requests(self) -> None:
        if not self.request_queue.canceled_req_ids:
            return
        for request in self.active_requests:
            if request.py_request_id in self.request_queue.canceled_req_ids:
                if not request.is_finished:
                    request.finish_by(FinishReason.CANCELLED)

    def _schedule(self) -> ScheduledRequests:
        scheduled = self.scheduler.schedule_request(self.active_requests)
        logger.debug(f"iteration {self.iter_counter}: scheduled {scheduled}")
        return scheduled

    def _forward_step(self, scheduled: ScheduledRequests):
        begin = time.perf_counter()
        outputs = self.model_engine.forward(scheduled)
        accel.current_stream().synchronize()
        self._forward_time_ms = (time.perf_counter() - begin) * 1e3
        self._kv_bytes = self.model_engine.last_kv_bytes
        return outputs

    def _sample_async(self, scheduled: ScheduledRequests, outputs) -> SampleState:
        return self.sampler.sample_async(scheduled, outputs)

    def _update_requests(self, sample_state: SampleState) -> None:
        self.sampler.update_requests(sample_state)
        for request in sample_state.requests:
            if not request.is_finished and request.will_complete_next_iteration():
                request.state = LlmRequestState.GENERATION_TO_COMPLETE

    def _process_previous_batch(self, batch: BatchState) -> None:
        self._handle_responses()
        self._process_iter_stats(batch)

    def _handle_responses(self) -> None:
        """Answers the clients, and lets go of requests that are done."""
        logger.debug(f"iteration {self.iter_counter}: active requests = {self.active_requests}")
        now = time.perf_counter()
        responses = [(request.py_request_id, request.create_response(now))
                     for request in self.active_requests]
        finished_requests = [request for request in self.active_requests if request.is_finished]
        self.active_requests = [request for request in self.active_requests
                                if not request.is_finished]
        self._enqueue_responses([(req_id, response) for req_id, response in responses
                                 if response is not None])
        for request in finished_requests:
            self.resource_manager.free_resources(request)

    def _enqueue_responses(self, responses) -> None:
        gathered = self.dist.tp_allgather(responses)
        for each in gathered:
            for req_id, response in each:
                self.responses.setdefault(req_id, []).append(response)
        logger.debug(f"after gather, responses = {responses}")

    def _process_iter_stats(self, batch: BatchState) -> None:
        requests = [
            RequestStats(request.py_request_id, request.state.name, request.get_num_tokens(),
                         request.get_num_tokens() - request.py_prompt_len,
                         request.py_decoding_iter, request.py_seq_slot)
            for request in batch.scheduled.all_requests()
        ]
        self.iteration_stats.append(
            IterationStats(batch.iteration, len(self.active_requests),
                           self.request_queue.num_waiting,
                           len(batch.scheduled.context_requests),
                           len(batch.scheduled.generation_requests),
                           self.kv_cache_manager.num_used_blocks, batch.kv_bytes,
                           batch.forward_time_ms, requests))
