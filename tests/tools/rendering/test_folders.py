import pytest

from tools.rendering import folders


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "in"
    (folder / "a").mkdir(parents=True)
    for name in ("mug.jpg", "mug.png", "a/mug.JPG", "notes.txt", ".hidden.png"):
        (folder / name).touch()
    return folder


def test_every_file_of_a_folder_has_a_place_or_a_reason(source, tmp_path):
    tasks = folders.list_tasks(source, tmp_path / "out")
    placed = {
        str(task.path.relative_to(source)): str(task.target.relative_to(tmp_path / "out"))
        for task in tasks
        if task.target
    }
    assert placed == {"a/mug.JPG": "a/mug.png", "mug.jpg": "mug.png", "mug.png": "mug-2.png"}
    reasons = {task.path.name: task.skipped for task in tasks if not task.target}
    assert reasons == {
        ".hidden.png": "a hidden file, not a picture",
        "notes.txt": "not a picture's ending: .txt",
    }


def test_results_inside_the_folder_are_not_worked_on_again(source):
    (source / "out").mkdir()
    (source / "out/mug.png").touch()
    tasks = folders.list_tasks(source, source / "out")
    assert not [task for task in tasks if task.path.parent.name == "out"]


def test_one_file_goes_where_it_is_sent_unless_nobody_can_write_that(source, tmp_path):
    photo = source / "mug.jpg"
    assert folders.list_tasks(photo, tmp_path)[0].target == tmp_path / "mug.png"
    assert folders.list_tasks(photo, tmp_path / "x.webp")[0].target == tmp_path / "x.webp"
    with pytest.raises(folders.UnwritableError):
        folders.list_tasks(photo, tmp_path / "x.doc")


def test_names_that_differ_in_case_only_are_numbered_folder_by_folder():
    assert folders.number_names(["a.png", "A.png", "b/a.png"]) == ["a.png", "A-2.png", "b/a.png"]
