"""Random reports of both editions, for write → read equality."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from app.form.catalog import all_forms
from app.form.model import FormDefinition, Value, ValueKind
from app.report.entry import canonical_money
from app.report.model import (
    Agency,
    Application,
    Binding,
    Chart,
    Contribution,
    CountLine,
    Counts,
    Explanation,
    Pending,
    Picture,
    Report,
    Signature,
    SignaturePlace,
)
from app.storage.codec import sections_of

TEXTS = st.text(st.characters(), max_size=30) | st.sampled_from(
    ["公开237条。\n二是……", "侯家镇", " ", "\ud83d", "𠮷\r\n\t"]
)
NAMES = st.from_regex(r"\A[a-z图表0-9][a-z图表0-9 .]{0,8}\Z")
AGENCIES = st.builds(Agency, *([TEXTS] * 8))
SIGNATURES = st.builds(Signature, TEXTS, st.none() | st.dates(), st.sampled_from(SignaturePlace))
COUNTS = st.integers(0, 99_999_999)
MONEY = st.decimals(0, 10**10, places=6).map(canonical_money)


def values_of(kind: ValueKind) -> st.SearchStrategy[Value]:
    if kind is ValueKind.MONEY:
        return MONEY
    return COUNTS if kind is ValueKind.COUNT else st.integers(-99_999, 99_999)


@st.composite
def charts(draw: st.DrawFn, section: st.SearchStrategy[str]) -> Chart:
    labels = draw(st.lists(TEXTS, max_size=4))
    values = st.lists(st.none() | COUNTS, min_size=len(labels), max_size=len(labels)).map(tuple)
    series = draw(st.lists(st.tuples(TEXTS, values), max_size=3))
    return Chart(draw(TEXTS), draw(section), tuple(labels), tuple(series), draw(st.integers(-1, 9)))


EXPLANATIONS = st.builds(
    Explanation,
    TEXTS,
    TEXTS,
    st.lists(st.sampled_from(all_forms()[-1].cells), max_size=3).map(tuple),
    TEXTS,
    st.lists(TEXTS, max_size=2).map(tuple),
    TEXTS,
    st.dates(),
)


APPLICATIONS = st.builds(
    Application, TEXTS, st.none() | st.dates(), TEXTS, TEXTS, st.none() | st.dates(), st.booleans(), TEXTS
)
COUNT_LINES = st.builds(CountLine, TEXTS, st.none() | COUNTS, st.none() | COUNTS)
ALL_COUNTS = st.builds(Counts, TEXTS, st.lists(COUNT_LINES, max_size=3).map(tuple))


@st.composite
def contributions(draw: st.DrawFn, form: FormDefinition) -> Contribution:
    refs = draw(st.lists(st.sampled_from(form.cells), unique=True, max_size=3))
    return Contribution(
        draw(TEXTS), draw(TEXTS), tuple((ref, draw(values_of(form.kind(ref)))) for ref in refs)
    )


@st.composite
def reports(draw: st.DrawFn) -> Report:
    form: FormDefinition = draw(st.sampled_from(all_forms()))
    filled = draw(st.lists(st.sampled_from(form.cells), unique=True, max_size=40))
    section = st.sampled_from(sections_of(form))
    names = draw(st.lists(NAMES, unique=True, max_size=3))
    spans = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(sorted)
    return Report(
        form=form.id,
        year=draw(st.integers(2008, 2050)),
        agency=draw(AGENCIES),
        values={ref: draw(values_of(form.kind(ref))) for ref in filled},
        narratives=draw(st.dictionaries(section, TEXTS)),
        signature=draw(SIGNATURES),
        processing_fee=draw(st.none() | st.decimals(0, 10**6, places=2)),
        pictures=tuple(
            Picture(name, draw(section), draw(TEXTS), draw(st.integers(-1, 9)), draw(st.binary(max_size=40)))
            for name in names
        ),
        pending=tuple(
            Pending(draw(section), *draw(spans), draw(TEXTS)) for _ in range(draw(st.integers(0, 3)))
        ),
        charts=tuple(draw(st.lists(charts(section), max_size=2))),
        explanations=tuple(draw(st.lists(EXPLANATIONS, max_size=2))),
        bindings=tuple(
            Binding(
                draw(section), *draw(spans), tuple(draw(st.lists(st.sampled_from(form.cells), max_size=2)))
            )
            for _ in range(draw(st.integers(0, 2)))
        ),
        register=tuple(draw(st.lists(APPLICATIONS, max_size=2))),
        counts=tuple(draw(st.lists(ALL_COUNTS, max_size=2))),
        collected=tuple(draw(st.lists(contributions(form), max_size=2))),
    )


def full_report(year: int = 2024) -> Report:
    """One report with something in every part."""
    form = all_forms()[-1]
    values: dict = {
        ref: Decimal("134.2") if form.kind(ref) is ValueKind.MONEY else index
        for index, ref in enumerate(form.cells)
    }
    return Report(
        form=form.id,
        year=year,
        agency=Agency(
            "测试县测试镇人民政府", "测试镇", "党政办公室", "测试路1号", "264400", "0631-1", "a@b.cn", "b.cn"
        ),
        values=values,
        narratives={
            "introduction": f"{year}年……",
            "overview": "一是公开237条。\n二是……",
            "problems": "存在的问题。",
        },
        signature=Signature("测试镇人民政府", None, SignaturePlace.UNDER_TITLE),
        processing_fee=Decimal("12.5"),
        pictures=(Picture("图1.png", "overview", "统计图", 0, b"\x89PNG not really"),),
        pending=(Pending("overview", 4, 7, "237"),),
        charts=(Chart("统计图", "overview", ("政务动态", "其他"), (("2024年", (81, None)),), 0),),
        register=(
            Application(
                "2024-1", date(year, 3, 5), "natural_person", "granted", date(year, 3, 25), note="补正一次"
            ),
        ),
        counts=(Counts("channel", (CountLine("政府网站", 120, 98), CountLine("公示栏"))),),
    )
