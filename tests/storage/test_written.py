"""JSON columns hold any text there is, as short as it can be."""

import json

from hypothesis import given
from hypothesis import strategies as st

from storage.types import written

Words = st.text(st.characters(codec=None))


@given(
    st.recursive(
        Words | st.integers() | st.none(), lambda inner: st.lists(inner) | st.dictionaries(Words, inner)
    )
)
def test_whatever_is_written_comes_back(value: object) -> None:
    found = written(value)
    assert found.encode()
    assert json.loads(found) == value
    assert written(found) is found


def test_chinese_is_kept_as_it_is() -> None:
    assert written({"html": "分数教学"}) == '{"html":"分数教学"}'
