"""What an edit did to what was said."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.domain.actors import Speaker
from monitor.domain.changes import ChangeKind, StatementChange
from monitor.domain.comparison import compare_statements, name_change
from monitor.domain.stance import Act, Stance, Tier
from monitor.domain.statement import Assessment, Finding
from tests.builders import make_assessment, make_finding, make_speaker

HARSH = "Минсельхоз обвинил Армению в обмане покупателей и в подмене документов."
MILD = "Минсельхоз попросил Армению уточнить данные покупателей и документов."
OTHER = "Лавров поздравил Армению с юбилеем независимости и пожелал ей процветания."


def said(number: int, text: str, stance: Stance = Stance.HOSTILE, **changes: object) -> Finding:
    """Return a finding with this statement."""
    return make_finding(number, make_assessment(stance=stance, text=text, **changes))  # type: ignore[arg-type]


def kinds(before: list[Finding], after: list[Finding], **texts: str) -> list[ChangeKind]:
    """Return the kinds of what changed."""
    return [change.kind for change in compare_statements(before, after, **texts)]


def judged(finding: Finding, **changes: object) -> Finding:
    """Return the finding with another judgement."""
    a = finding.assessment
    judgement = replace(a.judgement, **changes)  # type: ignore[arg-type]
    return replace(finding, assessment=replace(a, judgement=judgement))


def test_nothing_changed_gives_nothing() -> None:
    """The same statements, as new findings of the next revision."""
    assert [] == kinds([said(1, HARSH), said(2, OTHER)], [said(11, HARSH), said(12, OTHER)])


def test_hostile_statement_made_neutral_is_softened() -> None:
    """Before and after stand beside each other."""
    before, after = said(1, HARSH), said(11, MILD, Stance.NEUTRAL)
    assert [StatementChange(ChangeKind.SOFTENED, before, after)] == compare_statements([before], [after])


def test_neutral_statement_made_hostile_is_sharpened() -> None:
    """The same edit the other way round."""
    assert [ChangeKind.SHARPENED] == kinds([said(1, MILD, Stance.NEUTRAL)], [said(11, HARSH)])


def test_threat_in_place_of_a_refusal_is_sharpened_though_both_are_hostile() -> None:
    """Intensity tells within a stance."""
    mild = said(1, "Москва отвергла просьбу Армении о новых кредитах.", act=Act.REJECT)
    harsh = said(11, "Москва пригрозила Армении отказом в новых кредитах.", act=Act.THREATEN)
    assert [ChangeKind.SHARPENED] == kinds([mild], [harsh])
    assert [ChangeKind.SOFTENED] == kinds([harsh], [mild])


def test_statement_taken_out_and_one_put_in_are_told_apart_from_an_edit() -> None:
    """They share no words, so that neither is the other made softer."""
    before, after = said(1, HARSH), said(11, OTHER, Stance.CONCILIATORY)
    assert [(ChangeKind.REMOVED, before, None), (ChangeKind.ADDED, None, after)] == [
        (c.kind, c.before, c.after) for c in compare_statements([before], [after])
    ]


@pytest.mark.parametrize(
    "after",
    [
        HARSH.replace(" ", "\u00a0 "),
        HARSH.upper(),
        HARSH.replace("Армению", "«Армению»,"),
        HARSH.replace("обвинил", "обвенил"),
        HARSH.replace("покупателей", "покупателй"),
    ],
)
def test_spelling_and_white_space_are_no_change_however_they_are_judged(after: str) -> None:
    """The model may be thrown by a slip of the pen; readers are not."""
    assert [] == kinds([said(1, HARSH)], [said(11, after, Stance.NEUTRAL)])


def test_noise_of_the_model_is_no_change() -> None:
    """Other words, nearly the same intensity."""
    before = said(1, HARSH)
    a = said(11, HARSH.replace("Минсельхоз", "В среду Минсельхоз")).assessment
    after = make_finding(11, replace(a, intensity=a.intensity + 0.2))
    assert [] == kinds([before], [after])


def test_where_the_classifier_abstains_more_must_move() -> None:
    """From one of both: what would do for certain judgements is not enough. From both: nothing is known."""
    before, after = said(1, HARSH), said(11, MILD, Stance.NEUTRAL)
    unsure = judged(after, uncertain=True)
    assert [ChangeKind.SOFTENED] == kinds([before], [unsure])
    nearer = replace(after, assessment=replace(after.assessment, intensity=before.assessment.intensity + 0.3))
    assert [ChangeKind.SOFTENED] == kinds([before], [nearer])
    assert [] == kinds([before], [judged(nearer, uncertain=True)])
    assert [] == kinds([judged(before, uncertain=True)], [unsure])


def test_other_model_must_find_another_stance() -> None:
    """Intensities of two models cannot be compared."""
    mild = said(1, "Москва отвергла просьбу Армении о новых кредитах.", act=Act.REJECT)
    harsh = said(11, "Москва пригрозила Армении отказом в новых кредитах.", act=Act.THREATEN)
    assert [] == kinds([judged(mild, model="test-0")], [harsh])
    assert [ChangeKind.SOFTENED] == kinds(
        [judged(said(1, HARSH), model="test-0")], [said(11, MILD, Stance.NEUTRAL)]
    )


def test_other_speaker_makes_another_statement() -> None:
    """What one said is gone, what the other said is new, though the words are nearly the same."""
    lavrov, peskov = make_speaker("Sergey Lavrov"), make_speaker("Dmitry Peskov")
    for text in (HARSH, HARSH.replace("Минсельхоз", "Представитель Кремля")):
        assert [ChangeKind.REMOVED, ChangeKind.ADDED] == sorted(
            kinds([said(1, HARSH, speaker=lavrov)], [said(11, text, speaker=peskov)]), reverse=True
        )


def test_attribution_lost_by_an_edit_elsewhere_is_no_change() -> None:
    """The sentence stands as it stood."""
    assert [] == kinds([said(1, HARSH)], [said(11, HARSH, speaker=Speaker.outlet())])


def test_quotation_turned_into_the_outlets_own_words_is_another_statement() -> None:
    """Nobody is quoted any more."""
    before, after = said(1, HARSH), said(11, HARSH.replace("обвинил", "уличил"), speaker=Speaker.outlet())
    assert [ChangeKind.REMOVED, ChangeKind.ADDED] == kinds([before], [after])


def test_other_target_makes_another_statement() -> None:
    """Toward one it is gone, toward the other new."""
    swapped = HARSH.replace("Армению", "Грузию")
    assert {ChangeKind.REMOVED, ChangeKind.ADDED} == set(
        kinds([said(1, HARSH)], [said(11, swapped, target="georgia")])
    )


def test_statement_judged_only_now_was_not_added() -> None:
    """A list of names that grew makes old sentences judged; they stood there all along."""
    text = f"Заголовок\n\nСначала другое. {HARSH} И ещё."
    assert [ChangeKind.ADDED] == kinds([], [said(11, HARSH)], old_text="Иное.", new_text=text)
    assert [] == kinds([], [said(11, HARSH)], old_text=text, new_text=text)
    assert [] == kinds([said(1, HARSH)], [], old_text=text, new_text=text)
    assert [ChangeKind.REMOVED] == kinds([said(1, HARSH)], [], old_text=text, new_text="Иное.")


def test_rewritten_headline_is_the_headline_still() -> None:
    """An article has one, though no word of it stays."""
    before = said(1, "Россия пригрозила Армении", headline=True)
    after = said(11, "Москва и Ереван обсуждают поставки", Stance.NEUTRAL, headline=True)
    assert [ChangeKind.SOFTENED] == kinds([before, said(2, OTHER)], [after, said(12, OTHER)])


def test_repeated_words_are_paired_place_by_place() -> None:
    """A headline that the lead repeats is not mistaken for it."""
    headline, sentence = said(1, HARSH, headline=True), said(2, HARSH)
    softened = said(11, "Россия и Армения спорят", Stance.NEUTRAL, headline=True)
    (change,) = compare_statements([headline, sentence], [softened, said(12, HARSH)])
    assert (ChangeKind.SOFTENED, headline, softened) == (change.kind, change.before, change.after)


EDITS = [
    (HARSH, MILD),
    (HARSH, "Минсельхоз обвинил Армению в обмане."),
    (HARSH, "Глава ведомства обвинил Армению в обмане покупателей и в систематической подмене документов."),
    (HARSH, "Минсельхоз не обвинял Армению в обмане покупателей."),
    (HARSH, "Как уточнили в ведомстве, Минсельхоз упрекнул Армению в ошибках, а не в подмене документов."),
    (
        "Maria Zakharova said that Yerevan was betraying its allies and would pay for it.",
        "Maria Zakharova said that Yerevan was disappointing its allies.",
    ),
    (
        "Yerevan will regret it, the senator said.",
        "Yerevan may come to regret it one day, the senator said.",
    ),
    (
        "«Это неблагодарность, и Казахстан за неё ответит», — сказал ведущий.",
        "«Это эмоции, и Казахстан нас поймёт», — сказал ведущий.",
    ),
]
OTHERS = [
    (HARSH, OTHER),
    (HARSH, "В Армении на этой неделе ожидаются дожди."),
    (HARSH, "Армения ответила, что документы в порядке и что подмены не было."),
    (
        "Maria Zakharova said that Yerevan was betraying its allies and would pay for it.",
        "Yerevan said that the talks with Maria Zakharova's ministry would go on.",
    ),
]


@pytest.mark.parametrize(("before", "after"), EDITS)
def test_edited_statement_is_recognised(before: str, after: str) -> None:
    """Cut, lengthened, negated, toned down: it is one statement before and after."""
    changes = compare_statements([said(1, before)], [said(11, after, Stance.CONCILIATORY)])
    assert [ChangeKind.SOFTENED] == [change.kind for change in changes]


@pytest.mark.parametrize(("before", "after"), OTHERS)
def test_other_statement_about_the_same_target_is_not_taken_for_an_edit(before: str, after: str) -> None:
    """Sharing a name and a few words makes no edit of it."""
    found = kinds([said(1, before)], [said(11, after, Stance.NEUTRAL)])
    assert {ChangeKind.REMOVED, ChangeKind.ADDED} == set(found)


def test_edit_is_called_by_the_heaviest_statement() -> None:
    """A removed remark beside a softened threat does not give the name."""
    threat = said(1, "Москва пригрозила Армении отказом в новых кредитах.", act=Act.THREATEN)
    calm = said(11, "Москва сообщила Армении о новых кредитах.", Stance.NEUTRAL)
    remark = said(2, OTHER, Stance.NEUTRAL)
    changes = compare_statements([threat, remark], [calm])
    assert {ChangeKind.SOFTENED, ChangeKind.REMOVED} == {change.kind for change in changes}
    assert ChangeKind.SOFTENED is name_change(changes)


def test_edit_that_touched_only_neutral_statements_is_an_edit() -> None:
    """Neither harder nor softer."""
    assert ChangeKind.EDITED is name_change(compare_statements([said(1, OTHER, Stance.NEUTRAL)], []))
    assert ChangeKind.EDITED is name_change([])


def test_long_transcript_is_compared_to_its_end() -> None:
    """Equal statements are found however many there are."""
    before = [said(n, f"Армения {n} раз.") for n in range(1_000)]
    after = [said(2_000 + n, f"Армения {n} раз.") for n in range(1, 1_000)]
    assert [(ChangeKind.REMOVED, 0)] == [(c.kind, c.finding.id) for c in compare_statements(before, after)]


def test_thousands_of_statements_are_compared_within_bounds() -> None:
    """A page made to be expensive costs no more than the first few hundred of its statements."""

    def many(first: int, word: str) -> list[Finding]:
        texts = (f"{word}{n} {word}{n + 1} Армению {word}{n + 2}" for n in range(3_000))
        return [said(first + n, text) for n, text in enumerate(texts)]

    assert 6_000 == len(kinds(many(1, "старое"), many(10_000, "новое")))


def test_assessments_of_these_tests_have_the_intensities_they_are_written_for() -> None:
    """The table of acts moves a threat and a refusal further apart than noise."""

    def strength(act: Act) -> float:
        made: Assessment = make_assessment(act=act, speaker=make_speaker(tier=Tier.GOVERNMENT))
        return made.intensity

    assert strength(Act.THREATEN) < strength(Act.REJECT) - 0.25
