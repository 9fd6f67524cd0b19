"""Files of definitions: what is refused, by file and entry."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.definitions import DefinitionError, load_definitions

GOOD = '[mine]\ntitle = "Mine"\nabout = "What I count."\nspeakers = ["union"]\n'


def test_a_definition_of_ones_own(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(GOOD + 'countries = ["GB", "IE"]\ndenied = "in"\n', encoding="utf-8")
    mine = load_definitions(path)["mine"]
    assert (mine.speakers, mine.countries) == (frozenset({"union"}), frozenset({"GB", "IE"}))
    assert (mine.denied, mine.jobs) == ("in", "stated")
    assert "selection_tool" not in mine.mechanisms
    assert "hiring_freeze" not in mine.actions


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "holds no definition"),
        ("[mine\n", "not TOML"),
        ("title = 'x'\n", "[title]: not a table"),
        ("[Mine]\n" + GOOD.split("\n", 1)[1], "[Mine]: a name is a small letter"),
        (GOOD + "speeker = 1\n", "[mine]: unknown key 'speeker'; the keys are about, actions"),
        (GOOD.replace('speakers = ["union"]\n', ""), "[mine]: speakers is missing"),
        (GOOD.replace('"union"', '"unoin"'), "[mine]: speakers: 'unoin': not one of employer, executive"),
        (GOOD.replace('["union"]', '"union"'), "[mine]: speakers = 'union': must be a list"),
        (GOOD.replace('["union"]', "[]"), "[mine]: speakers is empty"),
        (GOOD.replace('["union"]', '["union", "union"]'), "[mine]: speakers: 'union' stands twice"),
        (GOOD + 'countries = ["USA"]\n', "[mine]: countries: 'USA': not a code of two capital letters"),
        (GOOD + 'denied = "no"\n', "[mine]: denied = 'no': not one of out, disputed, in"),
        (GOOD.replace('"Mine"', "3"), "[mine]: title = 3: must be words"),
    ],
)
def test_what_does_not_hold_is_told_with_file_and_entry(text: str, told: str, tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DefinitionError) as error:
        load_definitions(path)
    assert str(error.value).startswith(f"{path}: ")
    assert told in str(error.value)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(DefinitionError, match=r"none\.toml: No such file"):
        load_definitions(tmp_path / "none.toml")
