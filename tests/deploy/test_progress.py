from deploy.setup.progress import Stamps, contents_of


def test_a_step_is_current_until_its_inputs_change(tmp_path):
    stamps = Stamps(tmp_path / "stamps")
    source = tmp_path / "source"
    source.write_text("one")
    stamps.set("step", contents_of([source]))
    assert stamps.is_current("step", contents_of([source])) is True

    source.write_text("two")
    assert stamps.is_current("step", contents_of([source])) is False


def test_a_step_never_done_is_not_current(tmp_path):
    assert Stamps(tmp_path).is_current("step", "") is False
