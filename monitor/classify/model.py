"""The shipped transformer: an int8 ONNX network with its tokenizer and calibration."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any

from monitor.classify.bundle import BUNDLED, NETWORK, TOKENIZER, Description, load_description
from monitor.classify.decide import decide
from monitor.classify.encode import PairEncoder
from monitor.classify.exemplars import EXAMPLES, read_exemplars, unit
from monitor.domain.drift import Shares
from monitor.domain.exemplars import Exemplar, Vector
from monitor.domain.stance import Judgement
from monitor.domain.statement import MarkedText
from monitor.errors import ClassificationError, ModelError

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

OUTPUTS = ("stance", "acts", "sentiment")
FEATURES = "features"
"""What the whole network decides the stance from; models before 2.1 do not give it out."""

STOP_AT = "stop_at"
"""A pair stops at a lower layer that gives neutral more than this; models before 3.2 have no such input."""

SPECIAL_TOKENS = {
    "bos_token": "<s>",
    "eos_token": "</s>",
    "unk_token": "<unk>",
    "pad_token": "<pad>",
    "mask_token": "<mask>",
}


class StanceModel:
    """Judges marked texts one by one, so that no judgement depends on its neighbours.

    Dynamic int8 quantisation scales activations over a whole batch; with batches of one the
    same text always gives the same numbers, however many workers judge in parallel.
    """

    def __init__(
        self,
        description: Description,
        encoder: PairEncoder,
        sessions: Sequence[InferenceSession],
        folder: Path = BUNDLED,
    ) -> None:
        self._description = description
        self._folder = folder
        self._encoder = encoder
        self._workers = len(sessions)
        self._idle: SimpleQueue[InferenceSession] = SimpleQueue()
        for session in sessions:
            self._idle.put(session)

    @classmethod
    def load(cls, path: Path | None = None, *, workers: int = 1) -> StanceModel:
        """Load the model in `path`, or the bundled one, after checking its files.

        Every worker holds a session of its own on one thread. Raises ModelError.
        """
        folder = path or BUNDLED
        if workers < 1:
            raise ValueError("at least one worker is needed")
        description = load_description(folder)
        try:
            tokenizer = load_tokenizer(folder / TOKENIZER)
            sessions = [open_session(folder / NETWORK) for _ in range(workers)]
        except Exception as error:  # onnxruntime and tokenizers raise types of their own
            raise ModelError(f"{folder}: the model cannot be loaded: {error}") from error
        if description.stop_at < 1 and not _has_exits(sessions[0]):
            raise ModelError(
                f"{folder}: `stop_at` is {description.stop_at}, but the network has no exits; write 1"
            )
        return cls(description, PairEncoder(tokenizer, description.max_tokens), sessions, folder)

    @property
    def version(self) -> str:
        """The version that every judgement carries."""
        return self._description.version

    @property
    def uncertain_below(self) -> float:
        """The probability under which a judgement abstains from alerting."""
        return self._description.uncertain_below

    @property
    def expected(self) -> Shares | None:
        """The shares of stances and abstentions in the training corpus, if the model tells them."""
        return self._description.expected

    def judge(
        self, pairs: Sequence[MarkedText], progress: Callable[[int], None] | None = None
    ) -> list[Judgement]:
        """Return one judgement a pair, in order; `progress` hears how many are done.

        Raises ClassificationError if the network gives no number for a text.
        """
        if self._workers == 1 or len(pairs) == 1:
            return list(_counted(map(self._judge_one, pairs), progress))
        with ThreadPoolExecutor(self._workers) as pool:
            return list(_counted(pool.map(self._judge_one, pairs), progress))

    def _judge_one(self, pair: MarkedText) -> Judgement:
        ids = self._encoder.encode(pair.text, pair.start, pair.end)
        with self._session() as session:
            # Lower layers foresee the stance only.
            stop_at = self._description.stop_at if pair.watched else 1.0
            stance, acts, sentiment = run_network(session, ids, stop_at=stop_at)
        scores = stance if pair.watched else sentiment
        stopped = pair.watched and math.isnan(sentiment[0])
        return decide(self._description, scores, acts, watched=pair.watched, stopped=stopped)

    def embed(self, pairs: Sequence[MarkedText]) -> list[Vector]:
        """Return the vectors, of length one, from which the whole network decides the stance of each pair.

        Empty where the network does not give them out.
        """
        with self._session() as session:
            if all(output.name != FEATURES for output in session.get_outputs()):
                return []
            encoded = (self._encoder.encode(pair.text, pair.start, pair.end) for pair in pairs)
            return [unit(run_network(session, ids, (FEATURES,))[0]) for ids in encoded]

    def exemplars(self) -> list[Exemplar]:
        """Return the labelled examples that the model carries; raises ModelError if they are damaged."""
        path = self._folder / EXAMPLES
        return read_exemplars(path) if path.exists() else []

    @contextmanager
    def _session(self) -> Iterator[InferenceSession]:
        session = self._idle.get()
        try:
            yield session
        finally:
            self._idle.put(session)


def load_tokenizer(path: Path) -> Any:
    """Load a `tokenizer.json`; the advice to install torch is kept quiet."""
    os.environ.setdefault("TRANSFORMERS_NO_ADVISORY_WARNINGS", "1")
    from transformers import PreTrainedTokenizerFast

    fast: Any = PreTrainedTokenizerFast
    return fast(tokenizer_file=str(path), **SPECIAL_TOKENS)


def open_session(path: Path) -> InferenceSession:
    """Open a network on one thread, so that its numbers never depend on the machine's load."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(
        str(path),
        options,
        providers=["CPUExecutionProvider"],
        # Fused with its addition the normalisation takes thrice the time (onnxruntime 1.32).
        disabled_optimizers=["SkipLayerNormFusion"],
    )


def run_network(
    session: InferenceSession, ids: list[int], outputs: Sequence[str] = OUTPUTS, stop_at: float = 1.0
) -> list[list[float]]:
    """Return the outputs, if not others the logits of the three heads, for the ids of one pair.

    A pair stops at an exit of a lower layer that gives neutral more than `stop_at`, with 1 never: the stance
    is the exit's then, the acts are far below nought, sentiment and features are NaN.
    """
    import numpy as np

    row = np.array([ids], dtype=np.int64)
    feed = {"input_ids": row, "attention_mask": np.ones_like(row)}
    if _has_exits(session):
        feed[STOP_AT] = np.array(stop_at, dtype=np.float32)
    try:
        found = session.run(list(outputs), feed)
    except Exception as error:  # onnxruntime raises types of its own
        raise ClassificationError(f"the model failed on a text: {error}") from error
    return [values[0].tolist() for values in found]


def _has_exits(session: InferenceSession) -> bool:
    return any(given.name == STOP_AT for given in session.get_inputs())


def _counted(judgements: Iterator[Judgement], progress: Callable[[int], None] | None) -> Iterator[Judgement]:
    for done, judgement in enumerate(judgements, start=1):
        if progress is not None:
            progress(done)
        yield judgement
