"""Russian verbs that share the subject of another: "X ушёл, заявив, что"."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.text.speakers import lexicon_ru as lexicon
from monitor.text.speakers import verbs_ru as verbs
from monitor.text.speakers.actors import Actor
from monitor.text.speakers.cues import Cue, CueKind
from monitor.text.speakers.phrases import word_set
from monitor.text.speakers.sentence import Sentence
from monitor.text.speakers.subjects_ru import Subject, SubjectFinder
from monitor.text.speakers.surnames_ru import find_bare_subject
from monitor.text.speakers.words import Verb

_IDLE_GERUNDS = word_set("выступать отвечать говорить комментировать ссылаться рассчитывать надеяться")
"""What is said on the occasion of something else, which the main verb tells."""
_FAR_FROM_VERB = 16
_FAR_FROM_SHARED = 40


def read_gerund(
    s: Sentence, at: Sequence[Actor | None], subjects: SubjectFinder, v: int, lemma: str
) -> Cue | None:
    """Read "X ушёл, заявив, что": the subject of the nearest verb of the sentence says it."""
    word = s.words[v]
    weak = lemma not in verbs.SPEECH or lemma in verbs.WEAK_SPEECH or lemma in _IDLE_GERUNDS
    if weak or word is None or word.preposition or word.adverb:
        return None
    before, after = range(v - 1, max(v - _FAR_FROM_VERB, -1), -1), range(v + 1, len(s))
    hanging = 0
    for k in (*before, *after[:_FAR_FROM_VERB]):
        main = s.words[k]
        hanging += k > v and s.lows[k] in lexicon.STOPS
        if main is None or main.verb is None or main.verb.kind != "finite" or at[k] or s.quoted[k]:
            continue
        if hanging:
            hanging -= 1
            continue
        subject = subjects.find(k, main.verb)
        actor = subject.actor if subject is not None and not subject.joint else None
        bare = find_bare_subject(s, at, k, main.verb) if actor is None else None
        if bare is None and (subject is None or actor is None or not (subject.before or subject.sure)):
            return None
        actor = actor or bare
        if actor is None:
            return None
        if actor.relay or actor.is_crowd or main.verb.person in ("1per", "2per"):
            return None
        return Cue(CueKind.REPORTED, f"{s.texts[v]} {actor.text}", min(v, actor.start), actor)
    return None


def find_shared_subject(
    s: Sentence, at: Sequence[Actor | None], subjects: SubjectFinder, v: int, verb: Verb
) -> Subject | None:
    """Return who does the first of two things: "X заслушал доклад … и сообщил, что"."""
    for k in range(v - 2, max(v - _FAR_FROM_SHARED, -1), -1):
        word = s.words[k]
        if word is None or word.verb is None or word.verb.kind != "finite" or at[k] or s.quoted[k]:
            continue
        if word.nouns or (word.verb.plural, word.verb.gender) != (verb.plural, verb.gender):
            return None
        subject = subjects.find(k, word.verb)
        shared = subject is not None and subject.actor is not None and subject.before
        return subject if shared else None
    return None
