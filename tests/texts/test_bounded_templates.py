"""A township's own template cannot hold up the program, fill its memory or reach outside; what it is for, it can."""

import time
import tracemalloc

import pytest
from jinja2 import TemplateError

from app.texts.bounded_templates import LONGEST, BoundedEnvironment

NAMES = {"year": 2025, "parts": ["甲", "乙", "丙"], "cell": lambda key: "12"}
TEN = "{% for a in 'x' * 10000 %}"
HOSTILE = {
    "loops in loops": TEN * 3 + "{% set b = 1 %}" + "{% endfor %}" * 3,
    "one long loop": TEN + "{% for b in parts %}{% endfor %}{% endfor %}",
    "a long text": "{{ 'a' * 2000000000 }}",
    "a longer one": "{{ 10 ** 10 * 'a' }}",
    "a list": "{% for a in [1] * 2000000000 %}{% endfor %}",
    "doubled": "{% set a = 'x' * 9000 %}" + "{% set a = a ~ a %}" * 40 + "{{ a | length }}",
    "added": "{% set a = 'x' * 9000 %}" + "{% set a = a + a %}" * 40 + "{{ a | length }}",
    "blocks": "{% set a = 'x' * 9000 %}" + "{% set a %}{{ a }}{{ a }}{% endset %}" * 40 + "{{ a | length }}",
    "macros": "{% macro m(n) %}{{ m(n) }}{{ m(n) }}{% endmacro %}{{ m(1) }}",
    "a power": "{{ 9 ** 9 ** 9 }}",
    "powers": "{% set a = 10 %}" + "{% set a = a * a %}" * 40 + "{{ a }}",
    "padded": "{{ 'a'.ljust(1000000000) }}",
    "centred": "{{ 'a' | center(1000000000) }}",
    "formatted": "{{ '%1000000000d' % 1 }}",
    "formatted too": "{{ '{:1000000000}'.format(1) }}",
    "replaced": "{{ ('a' * 9000) | replace('a', 'b' * 9000) }}",
    "replaced by hand": "{{ ('a' * 9000).replace('a', 'b' * 9000) }}",
    "put together": "{{ ('a' * 9000) | join('b' * 9000) }}",
    "indented": "{{ ('\\n' * 9000) | indent(9000) }}",
    "recursive": "{% for a in parts recursive %}{{ loop(parts) }}{% endfor %}",
    "a class": "{{ ''.__class__.__mro__ }}",
    "a global": "{{ cell.__globals__ }}",
    "by a filter": "{{ cell | attr('__globals__') }}",
    "a file": "{% include '/etc/passwd' %}",
    "range": "{{ range(10) }}",
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_works_without_end_is_ended_at_once(what):
    environment, start = BoundedEnvironment(), time.process_time()
    environment.begin()
    tracemalloc.start()
    with pytest.raises((TemplateError, RecursionError, TypeError)):
        environment.from_string(HOSTILE[what]).render(NAMES)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.process_time() - start < 5
    assert peak < 60_000_000


ORDINARY = {
    "{% for one in parts %}{{ loop.index }}{{ one }}{% if not loop.last %}、{% endif %}{% endfor %}": "1甲、2乙、3丙",
    "{% for a, b in [(1, 2)] %}{{ a + b }}{% else %}无{% endfor %}": "3",
    "{% for a in [] %}x{% else %}无{% endfor %}": "无",
    "{% for a in parts if a != '乙' %}{{ a }}{% endfor %}": "甲丙",
    "{{ parts | join('、') }}，{{ 'a-b' | replace('-', '—') }}": "甲、乙、丙，a—b",
    "{{ year - 1 }}年{{ year * 2 }}{{ year // 10 }}{{ 7 % 4 }}{{ 2 ** 3 }}": "2024年405020238",
    "{{ '公开' ~ year ~ '年' }}{{ 'ab'.upper() }}{{ 'a,b'.split(',') | length }}": "公开2025年AB2",
    "{% macro m(n) %}第{{ n }}{% endmacro %}{{ m(1) }}{{ m(2) }}": "第1第2",
    "{% set a %}{{ year }}年{% endset %}{{ a }}{{ cell('x') }}": "2025年12",
}


@pytest.mark.parametrize("source", ORDINARY)
def test_what_a_paragraph_needs_is_there(source):
    environment = BoundedEnvironment()
    environment.begin()
    assert environment.from_string(source).render(NAMES) == ORDINARY[source]


def test_each_template_has_its_own_measure():
    environment = BoundedEnvironment()
    template = environment.from_string("{% for a in 'x' * 4000 %}a{% endfor %}")
    for _ in range(3):
        environment.begin()
        assert len(template.render(NAMES)) == 4000 < LONGEST
