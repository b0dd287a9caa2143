from core.translations import Entry, problems_of


def test_an_untranslated_string_is_told() -> None:
    assert list(problems_of([Entry("Save", ("",), is_fuzzy=False)])) == [
        "not translated: 'Save'"
    ]


def test_a_doubtful_translation_is_told() -> None:
    assert list(problems_of([Entry("Save", ("Сақтау",), is_fuzzy=True)])) == [
        "not translated: 'Save'"
    ]


def test_a_place_that_the_source_lacks_is_told() -> None:
    entry = Entry("Due %(day)s", ("Срок %(date)s",), is_fuzzy=False)

    assert list(problems_of([entry])) == ["places differ: 'Due %(day)s'"]


def test_a_whole_translation_is_not_told() -> None:
    entry = Entry(
        "%(count)s rows", ("%(count)s строка", "%(count)s строк"), is_fuzzy=False
    )

    assert list(problems_of([entry])) == []
